import { Hono } from 'hono'
import { perMinute } from '#src/charts/per-minute.ts'
import { lastWeeks } from '#src/charts/periods.ts'
import type { AdminDb } from '#src/db/admin.ts'
import { respond } from '#src/http/respond.tsx'
import type { OperatorEnv } from '#src/operator/env.ts'
import { FunnelPage } from '#views/operator/funnel/funnel-page.tsx'
import { funnelText, funnelTotals, funnelWeeks, stepsChart, visitsChart, weeksChart } from './funnel.ts'
import { listSignUps, listVisits } from './queries.ts'

export const funnel = new Hono<OperatorEnv>()

const weekCount = 8

funnel.get('/embudo', async (c) => {
  const { services, now, operator } = c.var
  const { admin } = services.databases
  const report = await perMinute(admin, 'embudo', now, () => makeReport(admin, now))
  return respond(c, { page: () => <FunnelPage operator={operator} {...report} /> })
})

async function makeReport(admin: AdminDb, now: Date) {
  const periods = lastWeeks(now, weekCount)
  const from = periods[0]?.from ?? now
  const [visits, signUps] = await Promise.all([listVisits(admin, from), listSignUps(admin, from)])
  const weeks = funnelWeeks(periods, { visits, signUps })
  const totals = funnelTotals(weeks)
  const sentence = funnelText(weekCount, totals)
  // Loaded with the first chart that is drawn, not with the till.
  const { drawChart } = await import('#src/charts/draw.ts')
  return {
    weeks,
    totals,
    sentence,
    steps: drawChart(stepsChart(totals, sentence)),
    byWeek: drawChart(weeksChart(weeks, 'Registros, primeras ventas y pagos, por semana de registro.')),
    visits: drawChart(visitsChart(weeks)),
  }
}
