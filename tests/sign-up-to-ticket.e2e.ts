import { expect } from 'vitest'
import { app, landing, openTill, password, register, setUp, sizes, test } from './support/journey.ts'

for (const [device, viewport] of Object.entries({ phone: sizes.phone, counter: sizes.counter })) {
  test(`from the landing page to the first printed ticket, on a ${device}`, async ({ person }) => {
    const { page, problems } = await person({ viewport })
    await page.goto(landing())
    await page.getByRole('link', { name: 'Crear mi cuenta gratis' }).first().click()
    await page.waitForURL(`${landing()}/registro`)
    await page.getByLabel('Correo').fill(`rosa-${device}-${process.pid}@example.com`)
    await page.getByLabel('Contraseña', { exact: true }).fill(password)
    await page.getByLabel('Nombre del negocio').fill('Pollería Rosita')
    await page.getByLabel('¿Cuál es tu rubro?').selectOption({ label: 'Pollería' })
    await page.getByRole('button', { name: 'Crear mi cuenta gratis' }).click()

    await page.waitForURL(`${app()}/configurar/datos-fiscales`)
    await page.getByLabel('¿Cómo te llamas?').fill('Rosa')
    await page.getByLabel('RUC', { exact: true }).fill('20131312955')
    await page.getByLabel('Nombre Legal').fill('Inversiones Rosita E.I.R.L.')
    await page.getByLabel('Dirección').fill('Av. Los Álamos 123, Comas')
    await page.getByLabel('Régimen').selectOption({ label: 'MYPE Tributario' })
    await page.getByLabel(/Tasa especial de restaurantes/).check()
    await page.getByRole('button', { name: 'Guardar y seguir' }).click()
    await page.waitForURL(`${app()}/configurar/sucursal`)
    expect(await page.getByLabel('Dirección').inputValue()).toBe('Av. Los Álamos 123, Comas')
    await page.getByRole('button', { name: 'Guardar y seguir' }).click()
    await page.waitForURL(`${app()}/configurar/caja`)
    await page.getByRole('button', { name: 'Guardar y seguir' }).click()
    await page.waitForURL(`${app()}/configurar/productos`)
    await page.getByRole('link', { name: /Usar la carta lista/ }).click()
    await page.getByRole('button', { name: 'Guardar 23 productos' }).click()
    await page.waitForURL(`${app()}/`)
    expect(await page.getByText('Te quedan 14 días de prueba').first().isVisible()).toBe(true)

    await openTill(page)
    await page
      .getByRole('button', { name: /1\/4 pollo/ })
      .first()
      .click()
    await page
      .getByRole('button', { name: /1\/4 pollo/ })
      .first()
      .click()
    await page
      .getByRole('button', { name: /^Cobrar/ })
      .first()
      .click()
    await page.getByRole('button', { name: 'Cobrar y recibir 50 soles' }).click()

    const ticket = page.locator('article.ticket')
    await ticket.waitFor({ state: 'attached' })
    const paper = await ticket.textContent()
    for (const words of [
      'NOTA DE VENTA',
      'NV01-000001',
      'Inversiones Rosita E.I.R.L.',
      '20131312955',
      'TREINTA CON 00/100 SOLES',
      '27.15',
      '2.85',
      'ESTE DOCUMENTO NO ES UN COMPROBANTE DE PAGO',
      'Canjear por boleta o factura',
    ]) {
      expect(paper).toContain(words)
    }
    expect(await ticket.getByText('COPIA').isVisible()).toBe(false)
    expect(problems).toEqual([])
  })
}

test('without JavaScript everything but the till works', async ({ person }) => {
  const { page } = await person({ javaScriptEnabled: false, viewport: sizes.phone })
  const email = await register(page)
  await setUp(page)
  await page.goto(`${app()}/productos`)
  expect(await page.getByText('1/4 pollo').first().isVisible()).toBe(true)

  await page.goto(`${app()}/personal`)
  await page.getByLabel('Nombre').fill('Beto')
  await page.getByLabel('PIN').fill('4826')
  await page.getByRole('button', { name: /Invitar|Guardar/ }).click()
  expect(await page.getByText('Beto').first().isVisible()).toBe(true)

  await page.goto(`${app()}/pos`)
  await page.getByLabel('¿Con cuánto sencillo empiezas?').fill('0')
  await page.getByRole('button', { name: 'Abrir caja' }).click()
  expect(await page.locator('noscript').count()).toBeGreaterThan(0)

  await page.goto(app())
  await page.locator('summary').filter({ hasText: 'Rosa' }).click()
  await page.getByRole('button', { name: 'Salir' }).click()
  await page.goto(`${app()}/ingresar`)
  await page.getByLabel('Correo').fill(email)
  await page.getByLabel('Contraseña', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Ingresar' }).click()
  await page.waitForURL(`${app()}/`)
})
