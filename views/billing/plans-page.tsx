import type { AccountState } from '#src/billing/account.ts'
import { plansPath } from '#src/billing/paths.ts'
import type { PaidPlanRow } from '#src/billing/plans/plan-row.ts'
import type { Period } from '#src/billing/price.ts'
import { standingText } from '#src/billing/standing-text.ts'
import type { Shell } from '#src/http/shell.ts'
import { yearlyText } from '#src/landing/offer.ts'
import { AppLayout } from '#views/app-layout.tsx'
import { Cancelled, Subscription, type SubscriptionView } from './_cancel.tsx'
import { History, type PaymentView } from './_history.tsx'
import { PlanCards } from './_plan-cards.tsx'
import { Waiting } from './_waiting.tsx'

type PlansPageProps = {
  shell: Shell
  account: AccountState
  plans: readonly PaidPlanRow[]
  period: Period
  own: PaidPlanRow | null
  paidUntil: Date | null
  recommended: string | null
  tooSmall: Readonly<Record<string, string>>
  history: readonly PaymentView[]
  subscription: SubscriptionView | null
  justCancelled: boolean
  volver: string | undefined
  whatsapp: string | null
  now: Date
}

export function PlansPage(props: PlansPageProps) {
  const { shell, account, plans, period, own, recommended, tooSmall, history, volver, now } = props
  const { subscription, paidUntil } = props
  const isCancelled =
    own !== null && paidUntil !== null && paidUntil > now && subscription?.status === 'cancelled'
  // One that is being looked for comes first: its strip has the way.
  const isBlocked =
    account.kind === 'suspended' || account.kind === 'closed' || history[0]?.status === 'declared'
  return (
    <AppLayout
      shell={shell}
      title="Tu plan"
      current="cuenta"
      withStrip={false}
      scripts={['app.js', 'wizard.js']}
      flash={isCancelled && <Cancelled until={paidUntil} isNew={props.justCancelled} now={now} />}
    >
      <div class="stack-24">
        <div class="stack-8">
          <h1>Tu plan</h1>
          <p>{standingText({ account, own, paidUntil, isCancelled }, now)}</p>
        </div>
        <Waiting last={history[0]} volver={volver} now={now} whatsapp={props.whatsapp} />
        <nav class="plan-switch" aria-label="¿Cada cuánto pagas?">
          {(['month', 'year'] as const).map((each) => (
            <a
              class="plan-switch-item"
              href={plansPath({ period: each, volver })}
              aria-current={each === period ? 'true' : undefined}
            >
              {each === 'year' ? 'Por año' : 'Por mes'}
            </a>
          ))}
        </nav>
        <PlanCards
          {...{ plans, period, recommended, tooSmall, volver }}
          current={own?.code}
          blocked={isBlocked}
          calm={isCancelled}
        />
        <p class="hint">{[yearlyText(plans), 'Precios con IGV.'].filter(Boolean).join(' ')}</p>
        <History payments={history} now={now} />
        {own && <Subscription subscription={subscription} paidUntil={paidUntil} now={now} />}
      </div>
    </AppLayout>
  )
}
