import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { app, openTill, register, setUp, sizes, test } from './support/journey.ts'
import { standing } from './support/standing.ts'

// Rosa's trial is over; she pays at Mercado Pago (a stand-in of it on this machine) and goes on with her order.

const longAgo = () => new Date(Date.now() - 60 * 86_400_000)

/** What axe calls serious or worse, and whether the page scrolls sideways. */
async function faults(page: Page) {
  const { violations } = await new AxeBuilder({ page: page as never }).analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  const isWide = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  )
  return [...serious.map(({ id }) => id), ...(isWide ? ['scrolls sideways'] : [])]
}

/** From the plans to the last page before Mercado Pago. */
async function choose(page: Page, address = '/plan/pagar?plan=PUESTO&volver=%2Fpos') {
  await page.goto(app() + address)
  await page.getByText('Tarjeta, con Mercado Pago', { exact: true }).click()
  await page.getByRole('button', { name: 'Seguir' }).click()
  await page.waitForURL(/\/plan\/mercadopago\//)
}

async function leave(page: Page, how: string | RegExp = 'Solo esta vez') {
  await page.getByText(how).click()
  await page.getByRole('button', { name: 'Continuar' }).click()
  await page.getByRole('link', { name: 'Ir a Mercado Pago' }).click()
  await page.getByRole('button', { name: 'Pagar', exact: true }).waitFor()
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
/** The service is asked about one payment every 15 seconds, and the page asks every three. */
const paid = (page: Page) =>
  page.getByRole('heading', { name: '¡Listo! Tu caja ya funciona.' }).waitFor({ timeout: 30_000 })

for (const [device, viewport] of Object.entries({ phone: sizes.phone, counter: sizes.counter })) {
  test(`from the lock through Mercado Pago back to the same order, on a ${device}`, async ({ person }) => {
    const { page, problems } = await person({ viewport })
    const email = await register(page)
    await setUp(page)
    await openTill(page)
    await page
      .getByRole('button', { name: /1\/4 pollo/ })
      .first()
      .click()
    await standing(email, { trialStartedAt: longAgo() })
    await page
      .getByRole('button', { name: /^Cobrar/ })
      .first()
      .click()
    await page.getByRole('button', { name: 'Cobrar y recibir 20 soles' }).click()
    await page.getByRole('link', { name: 'Ver cómo seguir' }).click()
    const way = await page.getByRole('link', { name: 'Elegir Puesto' }).getAttribute('href')

    await choose(page, way ?? '')
    expect(await page.getByText('39.00').count()).toBeGreaterThan(0)
    expect(await page.locator('main .button-primary').count()).toBe(1)
    expect(await faults(page)).toEqual([])
    await leave(page)
    expect(await page.getByRole('heading', { name: 'SmartKet Puesto, un mes' }).count()).toBe(1)
    await press(page, 'Pagar')

    await page.waitForURL(/\/plan\/retorno\//)
    await paid(page)
    expect(await faults(page)).toEqual([])
    await page.getByRole('link', { name: 'Volver a mi pedido' }).click()
    await page.waitForURL(`${app()}/pos`)
    await page
      .getByRole('button', { name: /^Cobrar/ })
      .first()
      .click()
    await page.getByRole('button', { name: 'Cobrar y recibir 20 soles' }).click()
    await page.locator('article.ticket').waitFor({ state: 'attached' })
    expect(problems).toEqual([])
  })
}

test('a card without money is told, and the next one pays; a payment nobody tells of is found', async ({
  person,
}) => {
  const { page, problems } = await person()
  await register(page)
  await setUp(page)
  await choose(page)
  await leave(page)
  await press(page, 'Tarjeta sin fondos')
  await page.getByRole('heading', { name: 'Ese pago no pasó' }).waitFor()
  expect(await faults(page)).toEqual([])
  await page.getByRole('link', { name: 'Intentar de nuevo' }).click()
  await page.getByRole('link', { name: 'Ir a Mercado Pago' }).click()
  await press(page, 'Pagar sin que nadie avise')
  await paid(page)
  expect(problems).toEqual([])
})

test('cash is paid later: until then nothing is promised, and no address makes it paid', async ({
  person,
}) => {
  const { page } = await person({ viewport: sizes.phone })
  await register(page)
  await setUp(page)
  await choose(page)
  await leave(page)
  await press(page, 'Pagar en efectivo')
  await page.getByRole('heading', { name: 'Estamos confirmando tu pago' }).waitFor()
  expect(page.url()).toContain('status=approved')
  await page.goto(`${app()}/plan`)
  await page
    .getByText(/días de prueba/)
    .first()
    .waitFor()
  expect(await page.getByText('Cancelar mi plan').count()).toBe(0)
})

test('without JavaScript, with the notices twice: the page asks again by itself', async ({ person }) => {
  const { page } = await person({ javaScriptEnabled: false })
  await register(page)
  await setUp(page)
  await choose(page)
  await leave(page)
  await press(page, 'Pagar y avisar dos veces')
  await paid(page)
  await page.getByRole('link', { name: 'Ver mi constancia de pago' }).click()
  expect(await page.getByText('39.00').count()).toBeGreaterThan(0)
})

test('every month by itself, until she cancels it', async ({ person }) => {
  const { page, problems } = await person()
  await register(page)
  await setUp(page)
  await choose(page)
  await leave(page, /Que se pague solo/)
  await press(page, 'Pagar')
  await paid(page)
  await page.goto(`${app()}/plan`)
  await page.getByText('Cancelar mi plan', { exact: true }).click()
  await page.getByText('Mercado Pago ya no te cobrará').waitFor()
  await press(page, 'Sí, cancelar mi plan')
  await page.getByText('no te cobramos más').waitFor()
  expect(problems).toEqual([])
})
