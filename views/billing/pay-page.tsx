import { periodWords, plansPath } from '#src/billing/paths.ts'
import { identityCentimos, type Method } from '#src/billing/payments/payment.ts'
import type { Period, Quote } from '#src/billing/price.ts'
import { methodTitles, payText, startText } from '#src/billing/texts.ts'
import type { Shell } from '#src/http/shell.ts'
import { AppLayout } from '#views/app-layout.tsx'
import { Button } from '#views/components/button.tsx'
import { ChoiceCards } from '#views/components/choice-cards.tsx'
import { FormAlert } from '#views/components/form-errors.tsx'
import { Credit } from './_credit.tsx'
import { InvoiceFields } from './_invoice-fields.tsx'
import { WhatsappLink } from './_whatsapp.tsx'

type Texts = Record<string, string>

type PayPageProps = {
  shell: Shell
  plan: { code: string; name: string }
  period: Period
  quoted: Extract<Quote, { ok: true }>
  isOnTrial: boolean
  /** The plan that is credited. */
  oldPlanName: string
  methods: readonly Method[]
  values: Texts
  errors?: Texts | undefined
  volver: string | undefined
  whatsapp: string | null
  now: Date
}

/** One screen before the money: what, for whom, and how. */
export function PayPage(props: PayPageProps) {
  const { shell, plan, period, quoted, methods, values, errors, volver, now } = props
  const start = startText(quoted.from, props.isOnTrial, now)
  return (
    <AppLayout
      shell={shell}
      title={`Pagar ${plan.name}`}
      current="cuenta"
      narrow
      withStrip={false}
      scripts={['app.js', 'wizard.js']}
    >
      <div class="stack pay">
        <div class="stack-8">
          <h1>Pagar {plan.name}</h1>
          <p class="pay-what">{payText({ planName: plan.name, period, ...quoted }, now)}</p>
          {start && <p class="hint">{start}</p>}
          <Credit {...quoted} oldPlanName={props.oldPlanName} planName={plan.name} />
        </div>
        {methods.length === 0 ? (
          <NoWay whatsapp={props.whatsapp} planName={plan.name} />
        ) : (
          <form class="form card pay-form" method="post" action="/plan/pagar" novalidate>
            <FormAlert errors={errors} />
            <input type="hidden" name="plan" value={plan.code} />
            <input type="hidden" name="periodo" value={periodWords[period]} />
            {volver && <input type="hidden" name="volver" value={volver} />}
            <ChoiceCards
              name="method"
              label="¿Cómo vas a pagar?"
              wide
              options={methods.map((value) => ({ value, title: methodTitles[value] }))}
              value={values.method ?? methods[0]}
              error={errors?.method}
            />
            <InvoiceFields
              values={values}
              errors={errors ?? {}}
              asksIdentity={quoted.amountCentimos > identityCentimos}
            />
            <div class="actions">
              <Button kind="primary" busy="Un momento…">
                Seguir
              </Button>
              <a href={plansPath({ period, volver })}>Ver los otros planes</a>
            </div>
          </form>
        )}
      </div>
    </AppLayout>
  )
}

function NoWay({ whatsapp, planName }: { whatsapp: string | null; planName: string }) {
  return (
    <div class="card stack">
      <p>Por ahora los pagos se coordinan con nosotros. Escríbenos y lo activamos al toque.</p>
      <WhatsappLink number={whatsapp} text={`Hola, quiero pagar el plan ${planName} de SmartKet.`} />
    </div>
  )
}
