import type { Complaint, ComplaintAnswer } from '#src/complaints/complaint.ts'
import { sheetNumber } from '#src/complaints/complaint.ts'
import { formatLongDate, limaDate } from '#src/lib/lima.ts'
import { Button } from '#views/components/button.tsx'
import { Strip } from '#views/components/strip.tsx'
import { LandingLayout, type LandingSite } from '#views/landing/layout.tsx'
import { Sheet } from './_sheet.tsx'

type SheetPageProps = {
  site: LandingSite
  complaint: Complaint
  answer: ComplaintAnswer | null
  isMailed: boolean
}

/** What the consumer keeps: on the screen, on paper, and with the answer once there is one. */
export function SheetPage({ site, complaint, answer, isMailed }: SheetPageProps) {
  return (
    <LandingLayout
      site={site}
      title={`Hoja ${sheetNumber(complaint)}`}
      withoutAction
      noindex
      styles={['complaints.css']}
      scripts={['print-page.js']}
    >
      <section class="section is-page is-narrow">
        <div class="sheet-head">
          <h1>{answer ? 'Tu hoja tiene respuesta' : 'Tu hoja quedó registrada'}</h1>
          <Strip kind="info">
            {answer
              ? `Te respondimos el ${formatLongDate(limaDate(answer.answeredAt))}.`
              : `${isMailed ? 'Te enviamos' : 'Estamos enviando'} una copia a ${complaint.email}. Respondemos a más tardar el ${formatLongDate(complaint.answerBy)}.`}
          </Strip>
          <Button type="button" kind="primary" class="print-page" data-print-page hidden>
            Imprimir
          </Button>
          <p class="hint">Guarda esta dirección: solo con ella se ve tu hoja.</p>
        </div>
        <Sheet complaint={complaint} answer={answer} />
      </section>
    </LandingLayout>
  )
}
