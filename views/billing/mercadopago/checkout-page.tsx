import { checkoutAnewPath, checkoutPath } from '#src/billing/mercadopago/checkout/checkout.ts'
import { payPath } from '#src/billing/paths.ts'
import type { Period } from '#src/billing/price.ts'
import type { Shell } from '#src/http/shell.ts'
import { formatSoles } from '#src/lib/money.ts'
import { AppLayout } from '#views/app-layout.tsx'
import { Button, ButtonLink } from '#views/components/button.tsx'
import { ChoiceCards } from '#views/components/choice-cards.tsx'
import { FormAlert } from '#views/components/form-errors.tsx'
import { Strip } from '#views/components/strip.tsx'

export type Checkout = {
  reference: string
  plan: string
  planName: string
  period: Period
  amountCentimos: number
  checkoutUrl: string | null
  /** What the service said of a card that did not pass. */
  reason: string | null
}

type CheckoutPageProps = {
  shell: Shell
  payment: Checkout
  back: string
  mayRenew: boolean
  /** The checkout is there, and how she pays in it is chosen anew. */
  isAnew: boolean
  values?: Record<string, string>
  errors?: Record<string, string>
}

const periodNames: Record<Period, string> = { month: 'un mes', year: 'un año' }

/** The last page before Mercado Pago: how often, and then the link out. */
export function CheckoutPage({ shell, payment, back, ...form }: CheckoutPageProps) {
  const { planName, period, amountCentimos, checkoutUrl, reason } = payment
  return (
    <AppLayout shell={shell} title="Pagar con Mercado Pago" current="cuenta" narrow withStrip={false}>
      <h1>Pagar con Mercado Pago</h1>
      <p>
        Pagas {planName}: <strong>{formatSoles(amountCentimos)}</strong> por {periodNames[period]}.
      </p>
      {reason && <Strip kind="amber">{reason}</Strip>}
      {checkoutUrl && !form.isAnew && !form.errors ? (
        <>
          <WayOut href={checkoutUrl} email={shell.email} />
          {form.mayRenew && (
            <p>
              <a href={checkoutAnewPath(payment.reference, back)}>Elegir si se paga solo</a>
            </p>
          )}
        </>
      ) : (
        <HowOften payment={payment} back={back} {...form} />
      )}
      <p>
        <a href={payPath({ plan: payment.plan, period, volver: back })}>Pagar de otra forma</a>
      </p>
    </AppLayout>
  )
}

function WayOut({ href, email }: { href: string; email: string }) {
  return (
    <section class="stack">
      <ButtonLink kind="primary" wide href={href} rel="noreferrer">
        Ir a Mercado Pago
      </ButtonLink>
      <p class="hint">
        Sales de SmartKet para pagar y vuelves aquí al terminar. Si Mercado Pago te pide un correo, usa{' '}
        {email}.
      </p>
    </section>
  )
}

type HowOftenProps = Omit<CheckoutPageProps, 'shell' | 'isAnew'>

function HowOften({ payment, back, mayRenew, values = {}, errors = {} }: HowOftenProps) {
  const each = payment.period === 'year' ? 'cada año' : 'cada mes'
  return (
    <form class="form" method="post" action={checkoutPath(payment.reference, back)}>
      <FormAlert errors={errors} />
      {mayRenew ? (
        <ChoiceCards
          name="renews"
          label="¿Cómo quieres pagar?"
          value={values.renews ?? 'no'}
          error={errors.renews}
          options={[
            { value: 'no', title: 'Solo esta vez', hint: 'Te avisamos antes de que venza.' },
            {
              value: 'si',
              title: `Que se pague solo ${each}`,
              hint: 'Mercado Pago cobra a tu tarjeta. Lo cancelas cuando quieras.',
            },
          ]}
        />
      ) : (
        <input type="hidden" name="renews" value="no" />
      )}
      <Button kind="primary" wide busy="Abriendo…">
        Continuar
      </Button>
    </form>
  )
}
