import type { Child } from 'hono/jsx'
import { type Complaint, kindName, sheetNumber } from '#src/complaints/complaint.ts'
import { formatLongDate, formatScreenDate } from '#src/lib/lima.ts'
import { Empty } from '#views/components/empty.tsx'
import { OperatorLayout } from '../layout.tsx'
import { DaysLeft } from './_days-left.tsx'

type DeskPageProps = {
  operator: { name: string }
  open: readonly Complaint[]
  answered: readonly (Complaint & { answeredAt: Date })[]
  /** From which of the answered ones the next page begins; null on the last. */
  next: number | null
  /** Lima's day. */
  today: string
}

export function DeskPage({ operator, open, answered, next, today }: DeskPageProps) {
  return (
    <OperatorLayout title="Reclamos" operator={operator} current="reclamos">
      <div class="stack">
        <h1>Reclamos</h1>
        {open.length === 0 && <Empty icon="circle-check" text="Nadie espera una respuesta." />}
        {open.length > 0 && (
          <ul class="console-rows">
            {open.map((complaint) => (
              <DeskRow
                complaint={complaint}
                hint={`Responder hasta el ${formatLongDate(complaint.answerBy)}`}
                end={<DaysLeft today={today} answerBy={complaint.answerBy} />}
              />
            ))}
          </ul>
        )}
      </div>
      {answered.length > 0 && (
        <section class="stack" aria-labelledby="respondidos">
          <h2 id="respondidos">Respondidos</h2>
          <ul class="console-rows">
            {answered.map((complaint) => (
              <DeskRow complaint={complaint} hint={`Respondido ${formatScreenDate(complaint.answeredAt)}`} />
            ))}
          </ul>
          {next !== null && <a href={`/reclamos?desde=${next}`}>Más antiguos</a>}
        </section>
      )}
    </OperatorLayout>
  )
}

type DeskRowProps = { complaint: Complaint; hint: string; end?: Child }

function DeskRow({ complaint, hint, end }: DeskRowProps) {
  return (
    <li class="console-row">
      <span class="console-row-text">
        <a href={`/reclamos/${complaint.id}`}>
          <strong>
            {kindName[complaint.kind]} N.º {sheetNumber(complaint)}
          </strong>
        </a>
        <span>{complaint.consumerName}</span>
        <span class="hint">{hint}</span>
      </span>
      {end && <span class="console-row-actions">{end}</span>}
    </li>
  )
}
