import { formatHour } from '#src/lib/lima.ts'
import type { Business } from '#src/operator/businesses/business.ts'
import type { DoneRow } from '#src/operator/hoy/queries.ts'
import { type Queue, queues } from '#src/operator/hoy/queues.ts'
import { hoyTexts, queueNames } from '#src/operator/hoy/texts.ts'
import type { Queues } from '#src/operator/hoy/waiting.ts'
import { Uncovered } from '#views/backups/_uncovered.tsx'
import { Button } from '#views/components/button.tsx'
import { Empty } from '#views/components/empty.tsx'
import { Strip } from '#views/components/strip.tsx'
import { OperatorLayout } from '../layout.tsx'
import { MarkFields, QueueSection } from './_queue.tsx'

type HoyProps = {
  operator: { name: string }
  waiting: Queues
  /** Whose copies are missing or cannot be trusted. */
  uncovered: readonly Business[]
  /** The queue that is shown to its end. */
  whole: Queue | null
  done: readonly DoneRow[]
  justDone: DoneRow | null
  now: Date
}

export function HoyPage({ operator, waiting, uncovered, whole, done, justDone, now }: HoyProps) {
  const filled = queues.filter((queue) => waiting[queue].length > 0)
  return (
    <OperatorLayout
      title="Hoy"
      operator={operator}
      current="hoy"
      flash={justDone && <JustDone mark={justDone} />}
    >
      <h1>Hoy</h1>
      <Uncovered businesses={uncovered} now={now} />
      {filled.length === 0 ? (
        <Empty icon="check" text={hoyTexts.nobody} />
      ) : (
        <>
          <nav aria-label="Colas">
            <ul class="queue-counts">
              {queues.map((queue) => (
                <li>
                  <a href={`#${queue}`} class={waiting[queue].length === 0 ? 'is-empty' : undefined}>
                    <strong>{waiting[queue].length}</strong> {queueNames[queue]}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          {queues.map((queue) => (
            <QueueSection queue={queue} rows={waiting[queue]} isWhole={whole === queue} />
          ))}
        </>
      )}
      <Done done={done} />
    </OperatorLayout>
  )
}

function JustDone({ mark }: { mark: DoneRow }) {
  const name = queueNames[mark.queue as Queue] ?? mark.queue
  return (
    <Strip kind="info" action={<Undo mark={mark} />}>
      Hecho: {mark.business} salió de «{name}».
    </Strip>
  )
}

/** Every «Hecho» of today can be taken back, not only the last one. */
function Done({ done }: { done: readonly DoneRow[] }) {
  if (done.length === 0) return null
  return (
    <details class="disclosure">
      <summary>Hechos hoy ({done.length})</summary>
      <ul class="console-rows">
        {done.map((mark) => (
          <li class="console-row">
            <span>
              <strong>{mark.business}</strong>{' '}
              <span class="hint">
                {queueNames[mark.queue as Queue] ?? mark.queue} · {mark.operator}, {formatHour(mark.markedAt)}
              </span>
            </span>
            <Undo mark={mark} />
          </li>
        ))}
      </ul>
    </details>
  )
}

function Undo({ mark }: { mark: DoneRow }) {
  return (
    <form method="post" action="/hoy/hechos/deshechos">
      <MarkFields {...mark} />
      <Button kind="quiet" aria-label={`Deshacer: ${mark.business}`}>
        Deshacer
      </Button>
    </form>
  )
}
