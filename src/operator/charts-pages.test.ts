import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dailyCounts, jobRuns, payments, tenantStats, tenants } from '#src/db/admin-schema.ts'
import { ownDatabases, readyTenant } from '../../tests/support/database.ts'
import { testServices } from '../../tests/support/http.ts'
import { operatorApp } from '../../tests/support/operator.ts'

// «Embudo», «Ingresos» and «Tareas» over the rows that sign-up, paying and the jobs leave behind.

let own: Awaited<ReturnType<typeof ownDatabases>>
// A Wednesday noon in Lima, far from any week's or month's end.
let now = new Date('2026-11-25T17:00:00Z')
let asOlga: Awaited<ReturnType<typeof operatorApp>>
const day = 86_400_000

beforeAll(async () => {
  own = await ownDatabases()
  asOlga = await operatorApp(testServices(own.databases, { clock: () => now }))
}, 60_000)
afterAll(() => own.stop())

/** The figures are kept for a minute. */
const aMinuteLater = () => {
  now = new Date(now.getTime() + 60_000)
}
const words = (html: string) =>
  html
    .replace(/<svg[\s\S]*?<\/svg>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
const read = async (path: string) => {
  const answer = await asOlga(path)
  const html = await answer.text()
  return { status: answer.status, html, words: words(html) }
}

test('with nothing yet every page says so', async () => {
  expect((await read('/embudo')).words).toContain('Todavía no hay visitas ni registros')
  expect((await read('/ingresos')).words).toContain('Todavía no hay negocios que paguen.')
  expect((await read('/tareas')).status).toBe(200)
})

test('Rosa signed up, sold and paid: the funnel and the income count her, once a minute', async () => {
  const { admin } = own.databases
  const { tenant } = await readyTenant('Pollería Rosita', own.databases)
  await readyTenant('Bodega de Carla', own.databases)
  await admin.update(tenants).set({ trialStartedAt: now })
  await admin.insert(dailyCounts).values({ day: '2026-11-25', name: 'visit', count: 40 })
  await admin
    .insert(tenantStats)
    .values({ tenantId: tenant.id, refreshedAt: now, setupStep: 4, firstSaleAt: now })
  const covers = {
    coversFrom: new Date(now.getTime() - day),
    coversUntil: new Date(now.getTime() + 30 * day),
  }
  await admin.insert(payments).values({
    tenantId: tenant.id,
    reference: crypto.randomUUID(),
    plan: 'LOCAL',
    planName: 'Local',
    period: 'month',
    priceCentimos: 6900,
    creditCentimos: 1000,
    amountCentimos: 5900,
    ...covers,
    method: 'yape',
    status: 'confirmed',
    document: 'boleta',
    decidedAt: now,
    createdAt: now,
    updatedAt: now,
  })
  await admin.update(tenants).set({ paidUntil: covers.coversUntil }).where(eq(tenants.id, tenant.id))

  expect((await read('/embudo')).words).toContain('Todavía no hay visitas')
  aMinuteLater()
  const funnel = await read('/embudo')
  expect(funnel.words).toContain(
    '40 visitas, 2 registros, 1 con su primera venta (50 %) y 1 que pagó (50 %).',
  )
  const income = await read('/ingresos')
  // The plan's price, not what was left to pay after the credit
  expect(income.words).toContain('S/ 69.00 al mes con 1 negocio que paga.')
  expect(income.words).toContain('1 prueba en curso')

  await admin.update(tenants).set({ suspendedAt: now }).where(eq(tenants.id, tenant.id))
  aMinuteLater()
  expect((await read('/ingresos')).words).toContain('Todavía no hay negocios que paguen.')
})

test.each(['/embudo', '/ingresos'])('%s holds nothing that its own policy forbids', async (path) => {
  const { html } = await read(path)
  expect(html.match(/<svg /g)?.length).toBeGreaterThanOrEqual(6)
  expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/i)
  const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)
  expect(new Set(ids).size).toBe(ids.length)
})

test('a job that failed is told with its business and its error', async () => {
  const { admin } = own.databases
  const [rosita] = await admin.select().from(tenants).where(eq(tenants.businessName, 'Pollería Rosita'))
  const run = {
    job: 'sweep',
    dueAt: new Date(now.getTime() - 60_000),
    attempts: 1,
    startedAt: now,
    finishedAt: now,
  }
  await admin.insert(jobRuns).values([
    { ...run, status: 'failed', error: 'Error: <b>no</b> hay sitio' },
    { ...run, job: 'sweep-imports', tenantId: rosita?.id ?? 0, status: 'failed', error: 'Error: otra' },
  ])
  const page = await read('/tareas')
  expect(page.html).toContain('Error: &lt;b&gt;no&lt;/b&gt; hay sitio')
  expect(page.html).toContain(`<a href="/negocios/${rosita?.id}">Pollería Rosita</a>`)
  expect(page.words).toMatch(/tareas? necesita/)
})

test('a job has a page with what each run of it said', async () => {
  const run = { job: 'backup', startedAt: now, finishedAt: now, attempts: 1 }
  await own.databases.admin.insert(jobRuns).values([
    { ...run, dueAt: new Date('2026-11-24T08:00:00Z'), status: 'done', log: '50 dumped, <950> carried' },
    {
      ...run,
      dueAt: new Date('2026-11-25T08:00:00Z'),
      status: 'failed',
      error: 'Error: disk',
      log: '3 dumped',
    },
  ])
  expect((await read('/tareas')).html).toContain('href="/tareas/backup"')
  const page = await read('/tareas/backup')
  expect(page.words).toMatch(/Falló.*Error: disk.*3 dumped.*Hecha.*50 dumped, &lt;950&gt; carried/)
  expect((await read('/tareas/no-such')).status).toBe(404)
})
