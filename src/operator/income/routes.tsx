import { Hono } from 'hono'
import { perMinute } from '#src/charts/per-minute.ts'
import { lastMonths } from '#src/charts/periods.ts'
import type { AdminDb } from '#src/db/admin.ts'
import { respond } from '#src/http/respond.tsx'
import type { OperatorEnv } from '#src/operator/env.ts'
import { IncomePage } from '#views/operator/income/income-page.tsx'
import { incomeMonths, incomeText, movesChart, mrrChart } from './income.ts'
import { listOnTrial, listPaidPeriods } from './queries.ts'
import { runningTrials, trialsChart, trialsText } from './trials.ts'

export const income = new Hono<OperatorEnv>()

const monthCount = 12

income.get('/ingresos', async (c) => {
  const { services, now, operator } = c.var
  const { admin } = services.databases
  const report = await perMinute(admin, 'ingresos', now, () => makeReport(admin, now))
  return respond(c, { page: () => <IncomePage operator={operator} {...report} /> })
})

async function makeReport(admin: AdminDb, now: Date) {
  const periods = lastMonths(now, monthCount)
  const [paid, onTrial] = await Promise.all([
    listPaidPeriods(admin, periods[0]?.from ?? now),
    listOnTrial(admin),
  ])
  const months = incomeMonths(periods, paid, now)
  const current = months.at(-1)
  if (!current) throw new Error('no month')
  const trials = runningTrials(onTrial, now)
  const sentence = incomeText(current)
  // Loaded with the first chart that is drawn, not with the till.
  const { drawChart } = await import('#src/charts/draw.ts')
  return {
    current,
    months,
    sentence,
    trials,
    trialsSentence: trialsText(trials),
    mrr: drawChart(mrrChart(months, sentence)),
    moves: drawChart(movesChart(months)),
    ending: drawChart(trialsChart(trials, now)),
  }
}
