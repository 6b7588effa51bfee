import { type Complaint, type ComplaintAnswer, kindName, sheetNumber } from '#src/complaints/complaint.ts'
import { formatLongDate, formatScreenDate } from '#src/lib/lima.ts'
import { Sheet } from '#views/complaints/_sheet.tsx'
import { TextArea } from '#views/complaints/_text-area.tsx'
import { Button } from '#views/components/button.tsx'
import { FormAlert } from '#views/components/form-errors.tsx'
import { OperatorLayout } from '../layout.tsx'
import { DaysLeft } from './_days-left.tsx'

type DeskSheetPageProps = {
  operator: { name: string }
  complaint: Complaint
  answer: (ComplaintAnswer & { operatorName: string }) | null
  mails: { copy?: Date | undefined; answer?: Date | undefined }
  /** Lima's day. */
  today: string
  rejected?: { values: Texts; errors: Texts } | undefined
}
type Texts = Partial<Record<string, string>>

export function DeskSheetPage({ operator, complaint, answer, mails, today, rejected }: DeskSheetPageProps) {
  return (
    <OperatorLayout title={`Hoja ${sheetNumber(complaint)}`} operator={operator} current="reclamos" narrow>
      <div class="stack">
        <p>
          <a href="/reclamos">Volver a Reclamos</a>
        </p>
        <h1>
          {kindName[complaint.kind]} N.º {sheetNumber(complaint)}
        </h1>
        {!answer && (
          <p class="complaint-term">
            <DaysLeft today={today} answerBy={complaint.answerBy} /> Responder hasta el{' '}
            {formatLongDate(complaint.answerBy)}
          </p>
        )}
        <p class="hint">
          {mailText('Copia al consumidor', mails.copy)}
          {answer && ` · Respondió ${answer.operatorName} · ${mailText('Respuesta', mails.answer)}`}
        </p>
      </div>
      <Sheet complaint={complaint} answer={answer} />
      {(!answer || rejected) && <AnswerForm id={complaint.id} isOpen={!answer} {...rejected} />}
    </OperatorLayout>
  )
}

type AnswerFormProps = { id: number; isOpen: boolean; values?: Texts; errors?: Texts }

/** Once it is sent nobody can change it: whoever came second still sees what she wrote. */
function AnswerForm({ id, isOpen, values = {}, errors = {} }: AnswerFormProps) {
  return (
    <form class="form" method="post" action={`/reclamos/${id}/respuesta`}>
      <FormAlert errors={errors} />
      <TextArea
        name="answer"
        label="Respuesta"
        hint="Se envía por correo y queda en el libro: no se puede cambiar después."
        rows={8}
        maxlength={8000}
        required
        value={values.answer}
        error={errors.answer}
        autofocus={Boolean(errors.answer)}
      />
      {isOpen && (
        <Button kind="primary" busy="Enviando…">
          Enviar respuesta
        </Button>
      )}
    </form>
  )
}

const mailText = (what: string, at: Date | undefined) =>
  at ? `${what} enviada ${formatScreenDate(at)}` : `${what}: todavía no sale el correo`
