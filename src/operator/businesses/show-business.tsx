import { NotFound } from '#src/http/errors.tsx'
import type { Rejected } from '#src/http/form.ts'
import { respond } from '#src/http/respond.tsx'
import { BusinessPage, type Doing } from '#views/operator/businesses/business-page.tsx'
import type { OperatorContext } from '../env.ts'
import { historyOf, paymentsOf, subscriptionOf } from './history/queries.ts'
import { listBusinesses, listPlans } from './queries.ts'
import { type BusinessSearch, find } from './search.ts'

export type RejectedAct = Rejected & { doing: Doing }

/** One business at the side of the search that led to it. */
export async function showBusiness(
  c: OperatorContext,
  id: number,
  search: BusinessSearch,
  rejected: RejectedAct | null = null,
) {
  const { services, operator, now } = c.var
  const { admin } = services.databases
  const [all, plans, history, payments, subscription] = await Promise.all([
    listBusinesses(admin, now),
    listPlans(admin),
    historyOf(admin, id),
    paymentsOf(admin, id),
    subscriptionOf(admin, id),
  ])
  const business = all.find((one) => one.id === id)
  if (!business) throw new NotFound()
  const found = find(all, search, now)
  const done = c.req.query('hecho') ?? null
  const renewsItself = subscription?.provider === 'mercadopago' && subscription.status === 'active'
  const props = {
    ...{ operator, business, found, search, plans, history, payments },
    ...{ renewsItself, done, rejected, now },
  }
  return respond(c, { page: () => <BusinessPage {...props} /> }, rejected ? 422 : 200)
}
