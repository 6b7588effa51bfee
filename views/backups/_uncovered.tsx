import { uncoveredHint, uncoveredTitle } from '#src/backups/covered/texts.ts'
import { formatMoment } from '#src/lib/lima.ts'
import { Strip } from '../components/strip.tsx'

type Row = { id: number; name: string; coveredUntil: Date | null }

/** A night that fails leaves everybody without a copy: so many are named, the table has the others. */
const shown = 10

/** For the operator, before anything else: what these businesses did is only on the living disk. */
export function Uncovered({ businesses, now }: { businesses: readonly Row[]; now: Date }) {
  if (businesses.length === 0) return null
  return (
    <section class="stack-8" aria-labelledby="sin-copia">
      <Strip kind="danger">
        <strong id="sin-copia">{uncoveredTitle(businesses.length)}.</strong> {uncoveredHint}
      </Strip>
      <ul class="console-rows">
        {businesses.slice(0, shown).map(({ id, name, coveredUntil }) => (
          <li class="console-row">
            <span class="console-row-text">
              <a href={`/negocios/${id}`}>
                <strong>{name}</strong>
              </a>
              <span class="hint">
                {coveredUntil ? `La última es de ${formatMoment(coveredUntil, now)}` : 'Nunca tuvo una'}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {businesses.length > shown && (
        <p>
          <a href="/negocios?orden=copia">Ver todos, de la copia más antigua a la más nueva</a>
        </p>
      )}
    </section>
  )
}
