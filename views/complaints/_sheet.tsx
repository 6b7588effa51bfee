import type { Complaint, ComplaintAnswer } from '#src/complaints/complaint.ts'
import { answerText, sheetParts } from '#src/complaints/sheet.ts'
import { formatPaperDate } from '#src/lib/lima.ts'

type SheetProps = { complaint: Complaint; answer: ComplaintAnswer | null }

/** One sheet of the book, as the decree orders it; the same for the consumer and for the operator. */
export function Sheet({ complaint, answer }: SheetProps) {
  return (
    <article class="sheet" aria-label="Hoja de Reclamación">
      {sheetParts(complaint).map(({ title, rows }) => (
        <section class="sheet-part">
          <h2>{title}</h2>
          <Rows rows={rows} />
        </section>
      ))}
      <section class="sheet-part">
        <h2>4. Respuesta del proveedor</h2>
        {answer ? (
          <Rows
            rows={[
              { name: 'Fecha', value: formatPaperDate(answer.answeredAt) },
              { name: 'Respuesta', value: answer.answer },
            ]}
          />
        ) : (
          <p>Todavía no tiene respuesta.</p>
        )}
      </section>
      <p class="hint">{answerText}</p>
    </article>
  )
}

function Rows({ rows }: { rows: readonly { name: string; value: string }[] }) {
  return (
    <dl>
      {rows.map(({ name, value }) => (
        <div>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
