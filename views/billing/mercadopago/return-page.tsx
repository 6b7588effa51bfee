import { backLabel, backOf } from '#src/billing/back.ts'
import { checkoutPath, returnPathOf } from '#src/billing/mercadopago/checkout/checkout.ts'
import { paymentPath, payPath } from '#src/billing/paths.ts'
import { lastDayBefore } from '#src/billing/strip.ts'
import type { Shell } from '#src/http/shell.ts'
import { AppLayout } from '#views/app-layout.tsx'
import { ButtonLink } from '#views/components/button.tsx'
import { Strip } from '#views/components/strip.tsx'
import type { Checkout } from './checkout-page.tsx'

type WaitingProps = { payment: Checkout; back: string }
type ReturnPageProps = WaitingProps & { shell: Shell }

/** Back from Mercado Pago: until we know it from the service itself, nothing is said to be paid. */
export function WaitingPage({ shell, ...waiting }: ReturnPageProps) {
  return (
    <AppLayout shell={shell} title="Confirmando tu pago" current="cuenta" narrow refreshSeconds={5}>
      <Waiting {...waiting} />
    </AppLayout>
  )
}

/** Asked for again until it is decided; then the answer leads on instead. */
export function Waiting({ payment, back }: WaitingProps) {
  const { reference, plan, period, reason } = payment
  return (
    <div
      id="confirming"
      class="stack-24"
      hx-get={returnPathOf(reference, back)}
      hx-trigger="every 3s"
      hx-swap="outerHTML"
    >
      <h1>{reason ? 'Ese pago no pasó' : 'Estamos confirmando tu pago'}</h1>
      {reason ? (
        <Strip kind="amber">{reason}</Strip>
      ) : (
        <p>
          Mercado Pago nos avisa en unos segundos, y a veces en unos minutos. Puedes cerrar esta página: tu
          plan se activa solo.
        </p>
      )}
      <div class="actions">
        <ButtonLink kind={reason ? 'primary' : 'plain'} href={checkoutPath(reference, back)}>
          {reason ? 'Intentar de nuevo' : 'Todavía no pagué'}
        </ButtonLink>
        <a href={payPath({ plan, period, volver: back })}>Pagar de otra forma</a>
      </div>
    </div>
  )
}

type PaidPageProps = ReturnPageProps & { payment: Checkout & { coversUntil: Date | null } }

export function PaidPage({ shell, payment, back }: PaidPageProps) {
  const { planName, coversUntil, reference } = payment
  return (
    <AppLayout shell={shell} title="Pago confirmado" current="cuenta" narrow>
      <h1>¡Listo! Tu caja ya funciona.</h1>
      <Strip kind="green">
        Tu plan {planName} está pagado{coversUntil && ` hasta el ${lastDayBefore(coversUntil)}`}.
      </Strip>
      <div class="stack">
        <ButtonLink kind="primary" wide href={back}>
          {backLabel(backOf(back))}
        </ButtonLink>
        <p>
          <a href={paymentPath(reference)}>Ver mi constancia de pago</a>
        </p>
      </div>
    </AppLayout>
  )
}
