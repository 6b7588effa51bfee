import type { PayByHand } from '#src/config.ts'
import type { Shell } from '#src/http/shell.ts'
import { AppLayout } from '#views/app-layout.tsx'
import { ByHand } from './_by-hand.tsx'
import { Declared } from './_declared.tsx'
import type { PaymentView } from './_history.tsx'
import { Over } from './_over.tsx'
import { Paid } from './_paid.tsx'
import { Refused } from './_refused.tsx'

export type OnePayment = PaymentView & {
  plan: string
  period: 'month' | 'year'
  reason: string | null
  pictureId: string | null
  currency: string
}

export type PaymentPageProps = {
  shell: Shell
  payment: OnePayment
  payByHand: PayByHand | null
  /** Whether a till can be opened at this moment. */
  works: boolean
  /** Another plan than the one that is paid: it begins when the payment is confirmed. */
  waits: boolean
  values?: Record<string, string>
  errors?: Record<string, string>
  volver: string | undefined
  whatsapp: string | null
  now: Date
}

/** One address for a payment, from «Ya pagué» to its receipt. */
export function PaymentPage(props: PaymentPageProps) {
  return (
    <AppLayout
      shell={props.shell}
      title={`Pago de ${props.payment.planName}`}
      current="cuenta"
      withStrip={false}
      narrow={props.payment.status !== 'open'}
      scripts={['app.js', 'wizard.js', 'billing.js']}
    >
      <div class="stack pay">
        <Content {...props} />
      </div>
    </AppLayout>
  )
}

function Content(props: PaymentPageProps) {
  switch (props.payment.status) {
    case 'open':
      return <ByHand {...props} />
    case 'declared':
      return <Declared {...props} />
    case 'confirmed':
      return <Paid {...props} />
    case 'refused':
      return <Refused {...props} />
    default:
      return <Over {...props} />
  }
}
