import { formatLongDate } from '#src/lib/lima.ts'
import type { Business } from '#src/operator/businesses/business.ts'
import { lastDayBefore } from '#src/operator/businesses/days.ts'
import type { HistoryRow, PaymentLine } from '#src/operator/businesses/history/queries.ts'
import { type BusinessSearch, businessPath, type Found, tablePath } from '#src/operator/businesses/search.ts'
import { doneTexts } from '#src/operator/businesses/texts.ts'
import type { Plan } from '#src/tenants/queries.ts'
import { Icon } from '#views/components/icon.tsx'
import { Strip } from '#views/components/strip.tsx'
import { RejectedAlert } from '../_rejected-alert.tsx'
import { OperatorLayout } from '../layout.tsx'
import { BusinessActs, type Doing } from './_acts.tsx'
import { BusinessFacts } from './_facts.tsx'
import { History, Payments } from './_history.tsx'
import { Left, StateChip } from './_state-chip.tsx'

export type { Doing }

type BusinessProps = {
  operator: { name: string }
  business: Business
  found: Found
  search: BusinessSearch
  plans: readonly Plan[]
  history: readonly HistoryRow[]
  payments: readonly PaymentLine[]
  renewsItself: boolean
  /** What was just done. */
  done: string | null
  rejected: { doing: Doing; values: Record<string, string>; errors: Record<string, string> } | null
  now: Date
}

/** On a wide screen the search that led here stays at the left. */
export function BusinessPage(props: BusinessProps) {
  const { operator, business, found, search, now } = props
  const text = props.done ? doneTexts[props.done] : undefined
  const until = props.done === 'dias' && business.extendsFrom ? ` ${untilText(business.extendsFrom)}` : ''
  return (
    <OperatorLayout
      title={business.name}
      operator={operator}
      current="negocios"
      flash={text && !props.rejected && <Strip>{text + until}</Strip>}
    >
      <div class="console-sides">
        <nav class="console-neighbours" aria-label="Resultados de la búsqueda">
          <p>
            <a href={tablePath(search)}>
              <Icon name="arrow-left" /> Volver a la tabla
            </a>
          </p>
          <ul>
            {found.rows.map((one) => (
              <li>
                <a
                  href={businessPath(one.id, search)}
                  aria-current={one.id === business.id ? 'page' : undefined}
                >
                  <span>{one.name}</span>
                  <span class="console-neighbour-state">
                    <StateChip business={one} now={now} />
                    <Left account={one.account} now={now} />
                  </span>
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div class="stack-24">
          <div class="page-head">
            <h1>{business.name}</h1>
            <span class="cell-state">
              <StateChip business={business} now={now} />
              <Left account={business.account} now={now} />
            </span>
          </div>
          {sellsUntil(business) && <p class="soft">{sellsUntil(business)}</p>}
          <RejectedAlert rejected={props.rejected} />
          <BusinessActs {...props} />
          <Payments payments={props.payments} now={now} />
          <BusinessFacts business={business} plans={props.plans} operatorName={operator.name} now={now} />
          <History history={props.history} now={now} />
        </div>
      </div>
    </OperatorLayout>
  )
}

/** More days show here at once: for whoever pays they come on top of what is paid and of the days after it. */
function sellsUntil({ account, extendsFrom }: Business): string | null {
  const isCounted = account?.kind === 'paid' || account?.kind === 'late'
  return isCounted && extendsFrom ? untilText(extendsFrom) : null
}

const untilText = (midnight: Date) => `Puede vender hasta el ${formatLongDate(lastDayBefore(midnight))}.`
