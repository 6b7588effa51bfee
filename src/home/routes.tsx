import { Hono } from 'hono'
import { coverOf } from '#src/backups/covered/covered.ts'
import { lastCopy } from '#src/backups/covered/queries.ts'
import { checklist } from '#src/home/checklist.ts'
import { loadProgress, loadSetup } from '#src/home/queries.ts'
import type { TenantContext, TenantEnv } from '#src/http/env.ts'
import { goTo, respond } from '#src/http/respond.tsx'
import { limaDayBounds } from '#src/lib/lima.ts'
import { setupGuard } from '#src/onboarding/guard.ts'
import { bestProducts, dayTotals, partsSold, salesBetween } from '#src/reports/queries.ts'
import { listSales } from '#src/sales/queries.ts'
import { HomePage } from '#views/home/home-page.tsx'

export const home = new Hono<TenantEnv>()

/** Until the third step of the wizard is saved, inicio is the wizard at the step where the owner left it. */
home.get('/', async (c) => {
  const { shell, db, tenant } = c.var
  const waiting = setupGuard(shell.setupStep)
  if (waiting) return goTo(c, waiting)
  const progress = await loadProgress(db)
  const today = progress.salesMade > 0 ? await loadToday(c) : null
  const cover = await loadCover(c)
  const setup = today ? null : { businessName: tenant.businessName, ...(await loadSetup(db)) }
  return respond(c, {
    page: () => (
      <HomePage
        shell={shell}
        steps={checklist(progress)}
        salesMade={progress.salesMade}
        hasOpenSession={progress.hasOpenSession}
        setup={setup}
        today={today}
        cover={cover}
        now={c.var.now}
      />
    ),
  })
})

/** Her copies are the owner's to know: a cashier has no use for the sum of all sales. */
async function loadCover(c: TenantContext) {
  const { services, tenant, staff, now } = c.var
  if (staff.role !== 'dueno') return null
  return coverOf(await lastCopy(services.databases.admin, tenant, now), tenant.trialStartedAt, now)
}

async function loadToday(c: TenantContext) {
  const { db, now } = c.var
  const { from, to } = limaDayBounds(now)
  return {
    now,
    salesMade: await salesBetween(db, from, to),
    byMethod: await dayTotals(db, from, to),
    lastSales: await listSales(db, 5),
    best: await bestProducts(db, from, to, 5),
    parts: await partsSold(db, from, to),
  }
}
