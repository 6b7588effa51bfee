import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { eq } from 'drizzle-orm'
import type { Page } from 'playwright-core'
import { expect, inject } from 'vitest'
import { readConfig } from '#src/config.ts'
import type { AdminDb } from '#src/db/admin.ts'
import { auditLog, memberships, tenants, users } from '#src/db/admin-schema.ts'
import { openDatabases } from '#src/db/databases.ts'
import { openServer } from '#src/db/open-server.ts'
import { seedPayment } from './support/businesses.ts'
import { app, operator, register, setUp, sizes, test } from './support/journey.ts'
import { signInAsOperator } from './support/operator-journey.ts'

const program = join(import.meta.dirname, '..', 'dist', 'server.mjs')
const day = 86_400_000

/** What the server does by itself every ten minutes. */
const refreshStats = () =>
  execFileSync(process.execPath, [program, 'jobs', 'run', 'refresh-stats'], {
    env: { ...process.env, SMARTKET_DATA: inject('data'), DATABASE_URL: '' },
  })

/** Beside the running server, in the admin database: what a journey cannot wait for. */
async function inAdmin<T>(work: (admin: AdminDb) => Promise<T>): Promise<T> {
  const read = readConfig({ SMARTKET_DATA: inject('data') })
  if (!read.ok) throw new Error(read.problems.join(' '))
  const server = await openServer(read.config)
  const { masterKey } = read.config
  const databases = await openDatabases({ server: server.address, masterKey, connections: 2 })
  try {
    return await work(databases.admin)
  } finally {
    await databases.close()
    await server.stop()
  }
}

/** Her business, eleven days after she signed up, with a payment by Yape that nobody has looked at. */
async function fortyTwoDaysLater(email: string): Promise<number> {
  const id = await inAdmin(async (admin) => {
    const [of] = await admin
      .select({ id: memberships.tenantId })
      .from(users)
      .innerJoin(memberships, eq(memberships.userId, users.id))
      .where(eq(users.email, email))
    if (!of) throw new Error(`nobody has ${email}`)
    const now = new Date()
    const before = new Date(now.getTime() - 42 * day)
    await admin
      .update(tenants)
      .set({ trialStartedAt: before, createdAt: before })
      .where(eq(tenants.id, of.id))
    await seedPayment(admin, of.id, { operationNumber: `7${of.id}` }, now)
    return of.id
  })
  refreshStats()
  return id
}

async function faults(page: Page) {
  const { violations } = await new AxeBuilder({ page: page as never }).analyze()
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  )
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  const found = serious.map(({ id, nodes }) => `${page.url()}: ${id} ${nodes.map((node) => node.target)}`)
  return wide ? [...found, `${page.url()} is too wide`] : found
}

for (const [device, viewport] of Object.entries({ phone: sizes.phone, counter: sizes.counter })) {
  test(`on a ${device}: a day of Olga's, from «Hoy» to each thing that she decides`, async ({ person }) => {
    const business = `Pollería de Rosa ${device} ${process.pid}`
    const rosa = await person()
    const email = await register(rosa.page, business)
    await setUp(rosa.page)
    const id = await fortyTwoDaysLater(email)

    const { page, problems } = await person({ viewport })
    const olga = await signInAsOperator(page)
    const queue = page.getByRole('region', { name: /Sin primera venta/ })
    const row = queue.getByRole('listitem').filter({ hasText: business })
    await row.waitFor()
    expect(await row.innerText()).toContain('No aceptó que le escribamos.')
    const ending = page.getByRole('region', { name: /La prueba termina/ })
    await ending.getByText(business).waitFor()
    expect(await faults(page)).toEqual([])

    await row.getByRole('button', { name: /^Hecho/ }).click()
    await page.getByText(`Hecho: ${business} salió de «Sin primera venta».`).waitFor()
    expect(await row.count()).toBe(0)
    await page
      .getByRole('status')
      .getByRole('button', { name: /^Deshacer/ })
      .click()
    await row.waitFor()

    await page.goto(`${operator()}/negocios`)
    await page.getByLabel('Buscar').fill(business)
    await page.getByText('1 negocio', { exact: true }).waitFor()
    expect(await faults(page)).toEqual([])
    await page.getByRole('link', { name: business }).click()

    const extend = page.locator('details', { hasText: 'Dar más días' })
    await extend.locator('summary').click()
    await extend.getByRole('button', { name: 'Dar más días' }).click()
    await page.getByRole('alert').getByText('Escribe el motivo: queda en el historial.').waitFor()
    expect(await faults(page)).toEqual([])
    await extend.getByLabel('Motivo').fill('Viajó esta semana')
    await extend.getByRole('button', { name: 'Dar más días' }).click()
    await page.getByText(/Listo: tiene más días. Puede vender hasta el/).waitFor()
    await page.getByText('«Viajó esta semana»').waitFor()

    await page.goto(`${operator()}/pagos`)
    expect(await faults(page)).toEqual([])
    await page.getByRole('link', { name: `Revisar el pago de ${business}` }).click()
    await page.getByRole('heading', { name: business }).waitFor()
    expect(await faults(page)).toEqual([])
    await page.getByRole('button', { name: 'Confirmar el pago' }).click()
    await page.getByText('Listo: pago confirmado.').waitFor()

    await page.goto(`${operator()}/negocios/${id}`)
    await page.locator('.page-head').getByText('Al día').waitFor()
    const change = page.locator('details', { hasText: 'Cambiar plan' })
    await change.locator('summary').click()
    await change.getByLabel('Plan', { exact: true }).selectOption('CADENA')
    await change.getByLabel('Motivo').fill('Abre otro local')
    await change.getByRole('button', { name: 'Cambiar plan' }).click()
    await page.getByLabel('Código').fill(olga.recoveryCodes[0] ?? '')
    await page.getByRole('button', { name: 'Cambiar el plan' }).click()
    await page.getByText('Listo: su plan cambió.').waitFor()

    const pause = page.locator('details', { hasText: 'Poner en pausa' })
    await pause.locator('summary').click()
    await pause.getByLabel('Motivo').fill('No contesta')
    await pause.getByRole('button', { name: 'Poner en pausa' }).click()
    await page.getByText('Listo: está en pausa.').waitFor()
    await rosa.page.goto(`${app()}/pos`)
    await rosa.page
      .getByText(/Tu cuenta está en pausa/)
      .first()
      .waitFor()
    const back = page.locator('details', { hasText: 'Reactivar' })
    await back.locator('summary').click()
    await back.getByLabel('Motivo').fill('Contestó')
    await back.getByRole('button', { name: 'Reactivar' }).click()
    await page.getByText('Listo: ya no está en pausa.').waitFor()

    for (const path of ['/planes', '/planes/LOCAL', '/planes/TRIAL_POLLERIA']) {
      await page.goto(operator() + path)
      expect(await faults(page)).toEqual([])
    }
    expect(problems).toEqual([])
    const acts = await inAdmin((admin) => admin.select().from(auditLog).where(eq(auditLog.tenantId, id)))
    expect(acts.map(({ act, reason }) => [act, reason])).toEqual([
      ['tenant.extended', 'Viajó esta semana'],
      ['payment.confirmed', `Vi en la cuenta la operación 7${id} (Yape).`],
      ['tenant.plan', 'Abre otro local'],
      ['tenant.suspended', 'No contesta'],
      ['tenant.reactivated', 'Contestó'],
    ])
  })
}

test('without a line of script: found, marked and taken back', async ({ person }) => {
  const business = `Pollería sin guion ${process.pid}`
  const rosa = await person()
  const id = await fortyTwoDaysLater(await register(rosa.page, business))
  const { page } = await person({ javaScriptEnabled: false })
  await signInAsOperator(page)
  const queue = page.getByRole('region', { name: /Se quedaron en la configuración/ })
  const row = queue.getByRole('listitem').filter({ hasText: business })
  await row.getByRole('button', { name: /^Hecho/ }).click()
  await page.getByText(`Hecho: ${business} salió`).waitFor()
  await page.goto(`${operator()}/negocios?q=${encodeURIComponent(business)}`)
  await page.getByRole('button', { name: 'Buscar' }).click()
  await page.getByRole('link', { name: business }).click()
  await page.waitForURL(new RegExp(`/negocios/${id}\\?`))
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(business)
})
