import type { LimitNote } from '#src/billing/limits.ts'
import type { Shell } from '#src/http/shell.ts'
import { formatSoles } from '#src/lib/money.ts'
import { count } from '#src/lib/text.ts'
import { Button, ButtonLink } from '#views/components/button.tsx'
import { FormAlert } from '#views/components/form-errors.tsx'
import { LimitStrip } from '#views/components/limit-strip.tsx'
import { Strip } from '#views/components/strip.tsx'
import { type CategoryOption, ProductFields } from '#views/products/_fields.tsx'
import { Wizard } from './layout.tsx'

export type AddWay = 'nuevo' | 'escanear'

type AddOneProps = {
  shell: Shell
  way: AddWay
  values: Record<string, string>
  errors?: Record<string, string>
  categories: readonly CategoryOption[]
  latest: readonly { id: number; name: string; priceCentimos: number }[]
  saved: number
  justAdded: string | null
  /** Why it was not saved. */
  limit?: LimitNote
}

/** One product after another: saved, and the form is empty for the next. */
export function AddOnePage(props: AddOneProps) {
  const { shell, way, values, errors = {}, categories, latest, saved, justAdded } = props
  const scans = way === 'escanear'
  return (
    <Wizard
      shell={shell}
      step={4}
      title={scans ? 'Escanear mis productos' : 'Añadir producto'}
      lead={scans ? 'Escanea, escribe nombre y precio, y sigue con el próximo.' : undefined}
      back="/configurar/productos"
    >
      {justAdded && <Strip role="status">Guardamos {justAdded}. Sigue con el próximo.</Strip>}
      <form class="form" method="post" action={`/configurar/productos/${way}`} data-scan={scans} novalidate>
        <FormAlert errors={errors} />
        <LimitStrip note={props.limit} isRefusal />
        <ProductFields values={values} errors={errors} categories={categories} scans={scans} autofocus />
        <Button kind="primary" busy="Guardando…" wide>
          Guardar y seguir con otro
        </Button>
      </form>
      {saved > 0 && (
        <section class="latest stack-8">
          <h2>{count(saved, 'producto guardado', 'productos guardados')}</h2>
          <ul class="latest-list">
            {latest.map((product) => (
              <li>
                <span>{product.name}</span>
                <span class="nowrap">{formatSoles(product.priceCentimos)}</span>
              </li>
            ))}
          </ul>
          <ButtonLink href="/" wide>
            Terminar
          </ButtonLink>
        </section>
      )}
    </Wizard>
  )
}
