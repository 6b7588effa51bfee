import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { app, openTill, register, setUp, test } from './support/journey.ts'

const tap = (page: Page, name: RegExp) => page.locator('.tile', { hasText: name }).first().click()
const lines = (page: Page) => page.locator('.line-name').allTextContents()

async function atTheTill(page: Page, business?: string) {
  await register(page, business)
  await setUp(page)
  await openTill(page)
}

test("Rosa's order is not sold in the business that another tab has entered", async ({ person }) => {
  const { page: rosa, context } = await person()
  await atTheTill(rosa)
  await tap(rosa, /1\/4/)
  const carla = await context.newPage()
  await context.clearCookies()
  await atTheTill(carla, 'Pollería Carla')
  await rosa.keyboard.press('F2')
  await rosa.getByRole('button', { name: 'Cobrar exacto' }).click()
  await rosa.getByText('Aquí entró otro negocio.').first().waitFor()
  await carla.goto(`${app()}/ventas`)
  expect(await carla.getByText('NV01-000001').count()).toBe(0)
  // Decided: it was not sold. The order is still there, and nothing of it is on its way.
  const saved = await rosa.evaluate(() =>
    Object.keys(localStorage)
      .filter((key) => key.startsWith('smartket.order.'))
      .map((key) => JSON.parse(localStorage.getItem(key) ?? '{}')),
  )
  expect(saved.filter(({ order }) => order.lines.length === 1)).toMatchObject([{ pending: null }])
  await rosa.getByRole('button', { name: 'Volver a ingresar' }).click()
  await rosa.waitForURL(`${app()}/ingresar`)
})

test('the next order begins with what the other window has typed meanwhile', async ({ person }) => {
  const { page: one, context } = await person()
  await atTheTill(one)
  const other = await context.newPage()
  await other.goto(`${app()}/pos`)
  await tap(one, /1\/4/)
  await one.keyboard.press('F2')
  await one.getByRole('button', { name: 'Cobrar exacto' }).click()
  await one.locator('article.ticket').waitFor({ state: 'attached' })
  await tap(other, /Mostrito/)
  await tap(one, /1\/8/)
  expect(await lines(one)).toHaveLength(2)
  await expect.poll(() => lines(other)).toHaveLength(2)
})

test('a sale on its way in one window cannot be changed in the other, and is made once', async ({
  person,
}) => {
  const { page: one, context } = await person()
  await atTheTill(one)
  const other = await context.newPage()
  await other.goto(`${app()}/pos`)
  await tap(one, /1\/4/)
  // Sold, and the answer never comes.
  const cdp = await context.newCDPSession(one)
  await cdp.send('Fetch.enable', { patterns: [{ urlPattern: '*/pos/ventas', requestStage: 'Response' }] })
  await one.keyboard.press('F2')
  await one.getByRole('button', { name: 'Cobrar exacto' }).click()
  await other.getByRole('button', { name: 'Volver a intentar' }).waitFor()
  expect(await other.locator('sk-till').getAttribute('data-screen')).toBe('payment')
  await other.getByRole('button', { name: 'Volver a intentar' }).click()
  await other.locator('article.ticket').waitFor({ state: 'attached' })
  await other.goto(`${app()}/ventas`)
  expect(await other.getByText('NV01-000001').count()).toBeGreaterThan(0)
  expect(await other.getByText('NV01-000002').count()).toBe(0)
})

test('a browser that keeps nothing still sells, and says that it keeps nothing', async ({ person }) => {
  const { page, context, problems } = await person()
  await register(page)
  await setUp(page)
  await context.addInitScript(() => {
    const refuse = {
      get: () => {
        throw new DOMException('no', 'SecurityError')
      },
    }
    Object.defineProperty(window, 'localStorage', refuse)
    Object.defineProperty(window, 'indexedDB', refuse)
  })
  await openTill(page)
  await tap(page, /1\/4/)
  await page.getByText('Este navegador no deja guardar el pedido').waitFor()
  await page.keyboard.press('F2')
  await page.getByRole('button', { name: 'Cobrar exacto' }).click()
  await page.locator('article.ticket').waitFor({ state: 'attached' })
  expect(problems).toEqual([])
})

test('a broken order in the storage does not stop the till', async ({ person }) => {
  const { page, problems } = await person()
  await atTheTill(page)
  await tap(page, /1\/4/)
  await page.evaluate(() => {
    const key = Object.keys(localStorage).find((name) => name.startsWith('smartket.order.')) ?? ''
    const saved = JSON.parse(localStorage.getItem(key) ?? '{}')
    saved.order.lines = [{ productId: 1 }, null]
    localStorage.setItem(key, JSON.stringify(saved))
  })
  await page.reload()
  await tap(page, /1\/4/)
  expect(await lines(page)).toHaveLength(1)
  expect(problems).toEqual([])
})
