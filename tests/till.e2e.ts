import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { app, openTill, register, setUp, sizes, test } from './support/journey.ts'

test('a double click on charge makes one sale', async ({ person }) => {
  const { page } = await person()
  await register(page)
  await setUp(page)
  await openTill(page)
  await page
    .getByRole('button', { name: /1\/4 pollo/ })
    .first()
    .click()
  await page
    .getByRole('button', { name: /^Cobrar/ })
    .first()
    .click()
  await page
    .getByRole('button', { name: /^Cobrar S\// })
    .last()
    .dblclick()
  await page.locator('article.ticket').waitFor({ state: 'attached' })
  await page.goto(`${app()}/ventas`)
  expect(await page.getByText('NV01-000001').count()).toBeGreaterThan(0)
  expect(await page.getByText('NV01-000002').count()).toBe(0)
})

test('reloading in the middle of an order keeps it', async ({ person }) => {
  const { page } = await person({ viewport: sizes.phone })
  await register(page)
  await setUp(page)
  await openTill(page)
  for (const name of [/1\/4 pollo/, /1\/4 pollo/, /Mostrito/])
    await page.getByRole('button', { name }).first().click()
  await page.reload()
  expect(
    await page
      .getByRole('button', { name: /Cobrar S\/.43\.00/ })
      .first()
      .isVisible(),
  ).toBe(true)
})

test('a lost answer followed by a retry makes one sale', async ({ person }) => {
  const { page } = await person()
  await register(page)
  await setUp(page)
  await openTill(page)
  await loseTheAnswer(page, '**/pos/ventas')
  await page
    .getByRole('button', { name: /1\/4 pollo/ })
    .first()
    .click()
  await page
    .getByRole('button', { name: /^Cobrar/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'Cobrar exacto' }).click()
  await page.getByText('no se cobrará dos veces').first().waitFor()
  await page
    .getByRole('button', { name: /Volver a intentar|Reintentar|^Cobrar S\// })
    .last()
    .click()
  await page.locator('article.ticket').waitFor({ state: 'attached' })
  expect(await page.locator('article.ticket').textContent()).toContain('NV01-000001')
  await page.goto(`${app()}/ventas`)
  expect(await page.getByText('NV01-000002').count()).toBe(0)
})

test('«Venta de prueba» leaves no trace among the sales', async ({ person }) => {
  const { page } = await person()
  await register(page)
  await setUp(page)
  await page.goto(`${app()}/pos?modo=practica`)
  expect(await page.getByText('MODO PRÁCTICA').first().isVisible()).toBe(true)
  await page
    .getByRole('button', { name: /1\/4 pollo/ })
    .first()
    .click()
  await page
    .getByRole('button', { name: /^Cobrar/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'Cobrar exacto' }).click()
  await page.locator('article.ticket').waitFor({ state: 'attached' })
  const paper = await page.locator('article.ticket').textContent()
  expect(paper).toContain('VENTA DE PRUEBA')
  expect(paper).toContain('PRU-000001')
  await page.goto(`${app()}/ventas`)
  expect(await page.getByText('PRU-000001').count()).toBe(0)
  expect(await page.getByText('Tu primera venta aparecerá aquí.').isVisible()).toBe(true)
})

test('a scanner works wherever the focus is', async ({ person }) => {
  const { page } = await person()
  await register(page)
  await setUp(page)
  await page.goto(`${app()}/productos`)
  await page
    .getByRole('link', { name: /Añadir producto/ })
    .first()
    .click()
  await page.getByLabel('Nombre', { exact: true }).fill('Galleta')
  await page.getByLabel('Precio', { exact: true }).fill('1.50')
  await page.getByText('Códigos', { exact: true }).click()
  await page.getByLabel('Código de barras').fill('7750182000123')
  await page.getByRole('button', { name: 'Guardar' }).first().click()
  await openTill(page)
  await page.getByRole('button', { name: 'Para llevar' }).last().focus()
  await page.keyboard.type('7750182000123')
  await page.keyboard.press('Enter')
  expect(
    await page
      .getByRole('button', { name: /Cobrar S\/.1\.50|COBRAR/i })
      .first()
      .isVisible(),
  ).toBe(true)
  expect(await page.locator('sk-till').textContent()).toContain('Galleta')
})

/** The server sells and answers; the line is gone before the answer arrives. Once. */
async function loseTheAnswer(page: Page, url: string) {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Fetch.enable', {
    patterns: [{ urlPattern: url.replace('**', '*'), requestStage: 'Response' }],
  })
  cdp.once('Fetch.requestPaused', async ({ requestId }) => {
    await cdp.send('Fetch.failRequest', { requestId, errorReason: 'ConnectionReset' })
    await cdp.send('Fetch.disable')
  })
}
