import { Hono } from 'hono'
import { backOf } from '#src/billing/back.ts'
import { plansPath, readPeriod } from '#src/billing/paths.ts'
import { listPayments, subscriptionOf } from '#src/billing/payments/queries.ts'
import { planChoices } from '#src/billing/plans/choices.ts'
import { isPaid, listPaidPlans } from '#src/billing/plans/queries.ts'
import { cancelSubscription, resumeSubscription } from '#src/billing/subscription/actions.ts'
import { usageOf } from '#src/billing/usage/queries.ts'
import type { TenantContext, TenantEnv } from '#src/http/env.ts'
import { ownersOnly } from '#src/http/owners-only.ts'
import { goTo, respond } from '#src/http/respond.tsx'
import { returnPath } from '#src/http/return-path.ts'
import { PlansPage } from '#views/billing/plans-page.tsx'

/** The plan, what it may become, and what was paid. Four queries: plans, history, subscription, usage. */
export const plansRoutes = new Hono<TenantEnv>()

plansRoutes.use('/plan', ownersOnly)
plansRoutes.use('/plan/cancelacion', ownersOnly)
plansRoutes.use('/plan/cancelacion/deshacer', ownersOnly)

plansRoutes.get('/plan', async (c) => {
  const { shell, tenant, account, db, now, services } = c.var
  const { admin } = services.databases
  const [sold, history, subscription, usage] = await Promise.all([
    listPaidPlans(admin),
    listPayments(admin, tenant.id),
    subscriptionOf(admin, tenant.id),
    usageOf(db),
  ])
  const own = isPaid(tenant.plan) ? tenant.plan : null
  const page = () => (
    <PlansPage
      {...{ shell, account, history, subscription, now }}
      {...planChoices(own, sold, usage)}
      period={readPeriod(c.req.query('periodo') ?? subscriptionWord(subscription?.period))}
      own={own}
      paidUntil={tenant.paidUntil}
      justCancelled={c.req.query('hecho') === 'cancelado'}
      volver={backOf(returnPath(c.req.query('volver'), services.config.appOrigin))}
      whatsapp={services.config.supportWhatsapp}
    />
  )
  return respond(c, { page })
})

plansRoutes.post('/plan/cancelacion', async (c) => {
  await cancelSubscription(c.var.services.databases.admin, whoOf(c), c.var.now)
  return goTo(c, `${plansPath()}?hecho=cancelado`)
})

plansRoutes.post('/plan/cancelacion/deshacer', async (c) => {
  await resumeSubscription(c.var.services.databases.admin, whoOf(c), c.var.now)
  return goTo(c, plansPath())
})

const whoOf = (c: TenantContext) => ({ tenantId: c.var.tenant.id, userId: c.var.user.id })

const subscriptionWord = (period: 'month' | 'year' | undefined) => (period === 'year' ? 'anual' : undefined)
