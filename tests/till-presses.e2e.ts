import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { openTill, register, setUp, test } from './support/journey.ts'

const tap = (page: Page, name: RegExp) => page.locator('.tile', { hasText: name }).first().click()
const lines = (page: Page) => page.locator('.line-name').allTextContents()
const due = async (page: Page) => (await page.locator('[data-part="due"]').textContent())?.replace(/\s/g, ' ')
const focused = (page: Page) => page.evaluate(() => document.activeElement?.tagName)
const screen = (page: Page) => page.locator('sk-till').getAttribute('data-screen')

/** As fast as a scanner: no key waits for the one before. */
const scan = (page: Page, code: string) =>
  Promise.all([...code, 'Enter'].map((key) => page.keyboard.press(key)))

async function atTheTill(page: Page) {
  await register(page)
  await setUp(page)
  await openTill(page)
}

async function charge(page: Page) {
  await page.keyboard.press('F2')
  await page.getByRole('button', { name: 'Cobrar exacto' }).click()
  await page.locator('[data-screen="charged"]').waitFor()
}

test('a quantity that was just typed is in the order, whatever comes next', async ({ person }) => {
  const { page, problems } = await person()
  await atTheTill(page)
  await tap(page, /1\/4/)
  await page.locator('.line-figure').click()
  await page.keyboard.type('3')
  await page.keyboard.press('F2')
  expect(await due(page)).toBe('S/ 45.00')
  await page.keyboard.press('Escape')
  await page.locator('.line-figure').click()
  await page.keyboard.press('4')
  await page.keyboard.press('Control+Enter')
  expect(await due(page)).toBe('S/ 60.00')
  await page.keyboard.press('Escape')
  await page.locator('.line-figure').click()
  await page.keyboard.press('5')
  await page.waitForTimeout(100)
  await scan(page, '7750182000123')
  await page.getByText('No conozco el código 7750182000123').first().waitFor()
  expect(await page.locator('.line-quantity').textContent()).toBe('5')
  expect(problems).toEqual([])
})

test('the kilos that were left open go away with «Cobrar», and add nothing behind it', async ({ person }) => {
  const { page } = await person()
  await atTheTill(page)
  await page.route('**/pos/catalogo/*', (route) => {
    const version = route.request().url().split('/').pop()
    const products = [
      [901, 'Queso fresco', 0, 2490, 1, 'kg', '10', '', ''],
      [902, 'Gaseosa', 0, 300, 1000, 'unidad', '10', '', ''],
    ]
    return route.fulfill({ json: { version, categories: [], products } })
  })
  // A menu that was kept before would not be asked for again.
  await page.evaluate(() => indexedDB.deleteDatabase('smartket-till'))
  await page.reload()
  await tap(page, /Gaseosa/)
  await tap(page, /Queso/)
  await page.locator('#till-kilos').fill('1.250')
  await scan(page, '7750182000123')
  expect(await page.locator('#till-kilos').inputValue()).toBe('1.250')
  await page.locator('[data-part="order-charge"]').click()
  expect(await page.locator('[data-part="weight"]').isHidden()).toBe(true)
  expect(await due(page)).toBe('S/ 3.00')
  expect(await lines(page)).toHaveLength(1)
})

test('Enter after charging is the next sale, not one more of what was searched', async ({ person }) => {
  const { page } = await person()
  await atTheTill(page)
  await page.locator('#till-search').fill('mostrito')
  await tap(page, /Mostrito/)
  expect(await page.locator('#till-search').inputValue()).toBe('')
  await page.keyboard.press('ArrowDown')
  await charge(page)
  await page.waitForTimeout(600)
  await page.keyboard.press('Enter')
  expect(await screen(page)).toBe('order')
  expect(await lines(page)).toEqual([])
  await page.keyboard.press('Enter')
  expect(await lines(page)).toEqual([])
})

test('the first tap of the next order counts, however soon it comes', async ({ person }) => {
  const { page } = await person()
  await atTheTill(page)
  await tap(page, /1\/4/)
  await page.keyboard.press('F2')
  await page.evaluate(() => {
    const till = document.querySelector('sk-till') as HTMLElement
    new MutationObserver(() => {
      if (till.dataset.screen !== 'charged') return
      for (const at of ['same', 'far']) {
        const tile = till.querySelectorAll<HTMLElement>('.tile')[at === 'same' ? 0 : 5] as HTMLElement
        const note = JSON.parse(till.dataset.noteAt ?? '{}')
        const place = at === 'same' ? note : { clientX: 5, clientY: 5 }
        tile.dispatchEvent(new PointerEvent('pointerdown', { ...place, bubbles: true }))
        tile.click()
      }
    }).observe(till, { attributes: true, attributeFilter: ['data-screen'] })
    till.addEventListener(
      'pointerdown',
      ({ clientX, clientY }) => {
        till.dataset.noteAt ??= JSON.stringify({ clientX, clientY })
      },
      { capture: true },
    )
  })
  await page.getByRole('button', { name: 'Cobrar exacto' }).click()
  await page.locator('[data-screen="order"]').waitFor()
  expect(await lines(page)).toHaveLength(1)
})

test('a screen reader, which clicks without a pointer, can charge', async ({ person }) => {
  const { page } = await person()
  await atTheTill(page)
  await tap(page, /1\/4/)
  await page.evaluate(() => {
    document.querySelector<HTMLElement>('[data-part="order-charge"]')?.click()
    document.querySelector<HTMLElement>('[data-note]')?.click()
  })
  await page.locator('[data-screen="charged"]').waitFor()
  expect(await screen(page)).toBe('charged')
})

test('the keyboard is never left nowhere, and a chosen method charges with Enter', async ({ person }) => {
  const { page } = await person()
  await atTheTill(page)
  await tap(page, /1\/4/)
  await page.keyboard.press('F2')
  await page.keyboard.press('Escape')
  expect(await focused(page)).not.toBe('BODY')
  await page.keyboard.press('F2')
  await page.keyboard.press('y')
  expect(await focused(page)).not.toBe('BODY')
  await page.keyboard.press('e')
  await page.locator('[data-method="yape"]').click()
  await page.keyboard.press('Enter')
  await page.locator('[data-screen="charged"]').waitFor()
  expect(await page.locator('[data-part="charged-method"]').textContent()).toBe('Yape')
  await page.getByRole('button', { name: /Nueva venta/ }).click()
  expect(await focused(page)).not.toBe('BODY')
  await tap(page, /1\/4/)
  await page.locator('.line-controls [data-press="remove-line"]').click()
  expect(await focused(page)).not.toBe('BODY')
})

test('the menu left open does not take F2 away', async ({ person }) => {
  const { page } = await person()
  await atTheTill(page)
  await tap(page, /1\/4/)
  await page.locator('.till-options > summary').click()
  await page.keyboard.press('F2')
  expect(await screen(page)).toBe('payment')
  expect(await page.locator('.till-options').getAttribute('open')).toBeNull()
})

test('the map of keys holds the focus, also after a press beside its button', async ({ person }) => {
  const { page } = await person()
  await atTheTill(page)
  await page.keyboard.press('?')
  await page.locator('#keys-title').click()
  await page.keyboard.press('Shift+Tab')
  expect(
    await page.evaluate(() => document.activeElement?.closest('[data-part]')?.getAttribute('data-part')),
  ).toBe('close-help')
})

test('at 400 % zoom the page scrolls, and «Cobrar» stays at its foot', async ({ person }) => {
  const { page } = await person({ viewport: { width: 341, height: 640 } })
  await atTheTill(page)
  await tap(page, /1\/4/)
  await page.setViewportSize({ width: 341, height: 156 })
  const tiles = page.locator('[data-part="tiles"]')
  expect(await tiles.evaluate((grid) => grid.scrollHeight - grid.clientHeight)).toBe(0)
  const inSight = (part: string) =>
    page.locator(`[data-part="${part}"]`).evaluate((button) => {
      const { top, bottom } = button.getBoundingClientRect()
      return top >= 0 && bottom <= innerHeight
    })
  expect(await inSight('bar-charge')).toBe(true)
  await page.evaluate(() => scrollTo(0, 400))
  expect(await page.evaluate(() => scrollY)).toBeGreaterThan(100)
  expect(await inSight('bar-charge')).toBe(true)
  await page.locator('[data-part="bar-charge"]').click()
  expect(await inSight('charge')).toBe(true)
})
