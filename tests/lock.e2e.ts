import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { app, openTill, register, setUp, sizes, test } from './support/journey.ts'
import { colleague, standing } from './support/standing.ts'

const day = 86_400_000
const ago = (days: number) => new Date(Date.now() - days * day)

const tile = (page: Page, name: RegExp) => page.getByRole('button', { name }).first()

/** What axe calls serious or worse, and whether the page scrolls sideways. */
async function faults(page: Page) {
  const { violations } = await new AxeBuilder({ page: page as never }).analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  const isWide = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  )
  return [...serious.map(({ id }) => id), ...(isWide ? ['scrolls sideways'] : [])]
}

for (const [device, viewport] of Object.entries({ phone: sizes.phone, counter: sizes.counter })) {
  test(`the trial ends under an order that is being charged, on a ${device}: she pays by Yape and charges it`, async ({
    person,
  }) => {
    const { page, problems } = await person({ viewport })
    const email = await register(page)
    await setUp(page)
    await openTill(page)
    await tile(page, /1\/4 pollo/).click()
    await tile(page, /Mostrito/).click()

    // The trial and its last day are long over: this service began after the end.
    await standing(email, { trialStartedAt: ago(60) })
    await page
      .getByRole('button', { name: /^Cobrar/ })
      .first()
      .click()
    await page.getByRole('button', { name: 'Cobrar y recibir 50 soles' }).click()
    await page.getByText('La prueba terminó: hoy esta caja ya no puede cobrar.').first().waitFor()
    await page.getByRole('link', { name: 'Ver cómo seguir' }).click()

    await page.waitForURL(`${app()}/continuar?volver=%2Fpos`)
    const title = page.getByRole('heading', { level: 1 })
    expect(await title.textContent()).toBe(
      'Tu prueba ha terminado. ¡Elige un plan para continuar donde lo dejaste!',
    )
    expect(await page.getByText('Ya tienes 23 productos.').isVisible()).toBe(true)
    expect(await page.getByText('El que te queda').count()).toBe(1)
    const choose = await page.getByRole('link', { name: 'Elegir Puesto' }).getAttribute('href')
    expect(new URL(choose ?? '', app()).searchParams.get('volver')).toBe('/pos')
    expect(await page.locator('main .button-primary').count()).toBe(1)
    expect(await faults(page)).toEqual([])

    await page.getByRole('link', { name: 'Elegir Puesto' }).click()
    await page.getByText('Yape', { exact: true }).click()
    await page.getByRole('button', { name: 'Seguir' }).click()
    await page.getByLabel('N.º de operación').fill('00123456')
    await page.getByRole('button', { name: 'Ya pagué' }).click()
    await page.getByRole('heading', { name: '¡Listo! Tu caja ya funciona.' }).waitFor()
    await page.getByRole('link', { name: 'Volver a mi pedido' }).click()

    // The order is the one she left, and now it is charged.
    await page.waitForURL(`${app()}/pos`)
    await page
      .getByText(/28\.00/)
      .filter({ visible: true })
      .first()
      .waitFor()
    await page
      .getByRole('button', { name: /^Cobrar/ })
      .first()
      .click()
    await page.getByRole('button', { name: 'Cobrar y recibir 50 soles' }).click()
    await page.locator('article.ticket').waitFor({ state: 'attached' })
    expect(problems).toEqual([])
  })
}

test('at the end the till does not open; three more days, once, without JavaScript', async ({ person }) => {
  const { page } = await person({ viewport: sizes.phone, javaScriptEnabled: false })
  const email = await register(page)
  await setUp(page)
  await standing(email, { trialStartedAt: ago(60) })
  await page.goto(`${app()}/pos`)
  await page.waitForURL(`${app()}/continuar?volver=%2Fpos`)
  await page.getByRole('button', { name: 'Necesito 3 días más' }).click()
  await page.waitForURL(`${app()}/pos`)
  expect(await page.getByText('Te quedan 3 días de prueba').isVisible()).toBe(true)

  await standing(email, { extendedUntil: ago(1) })
  await page.goto(`${app()}/pos`)
  await page.waitForURL(`${app()}/continuar?volver=%2Fpos`)
  expect(await page.getByRole('button', { name: 'Necesito 3 días más' }).count()).toBe(0)
})

test('on the counter the ways out of the lock are in sight without scrolling', async ({ person }) => {
  const { page } = await person({ viewport: sizes.counter })
  const email = await register(page)
  await setUp(page)
  await standing(email, { trialStartedAt: ago(60) })
  await page.goto(`${app()}/continuar?volver=%2Fpos`)
  for (const way of [
    page.getByRole('button', { name: 'Necesito 3 días más' }),
    page.getByRole('link', { name: 'Descargar todo' }),
  ]) {
    const box = await way.boundingBox()
    expect((box?.y ?? 9999) + (box?.height ?? 0)).toBeLessThanOrEqual(sizes.counter.height)
  }
})

test('Beto at the lock hears whom to tell, and no price', async ({ person }) => {
  const rosa = await person()
  const email = await register(rosa.page)
  await setUp(rosa.page)
  await standing(email, { trialStartedAt: ago(60) })
  const { page, context } = await person({ viewport: sizes.phone })
  const value = await colleague(email, 'Beto', 'cajera')
  await context.addCookies([{ name: 'smartket', value, url: app() }])
  await page.goto(`${app()}/pos`)
  expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Hoy no se puede abrir la caja.')
  const main = (await page.locator('main').textContent()) ?? ''
  expect(main).toContain('Avísale a Rosa para que elija un plan; tu pedido está guardado.')
  expect(main).not.toMatch(/S\/|Puesto/)
  const link = await page.getByRole('link', { name: 'Avisar por WhatsApp' }).getAttribute('href')
  expect(link).toMatch(/^https:\/\/wa\.me\/\?text=Hola%20Rosa/)
  expect(await faults(page)).toEqual([])
})

test('the strip of the last days goes for today with «Ahora no», and its page stays', async ({ person }) => {
  const { page } = await person({ viewport: sizes.phone })
  const email = await register(page)
  await setUp(page)
  // 43 days ago, and 100 sales left: the 45th day is the end.
  await standing(email, { trialStartedAt: ago(43) })
  await page.goto(`${app()}/productos`)
  const strip = page.getByText(
    /Te quedan 100 ventas de prueba, hasta el \d+ \w+\. Sigue con Puesto desde S\/\s39 al mes\./,
  )
  expect(await strip.isVisible()).toBe(true)
  expect(await faults(page)).toEqual([])
  await page.getByRole('button', { name: 'Ahora no' }).click()
  await strip.waitFor({ state: 'detached' })
  expect(new URL(page.url()).pathname).toBe('/productos')
  await page.goto(`${app()}/pos`)
  expect(await page.getByText('Te quedan 100 ventas de prueba').first().isVisible()).toBe(true)
})
