import type { BrowserContext, Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { app, openTill, register, setUp, test } from './support/journey.ts'

const tile = (page: Page, name: RegExp) => page.locator('.tile', { hasText: name }).first()
const lines = (page: Page) => page.locator('.line-name').allInnerTexts()
const strip = (page: Page) => page.locator('[data-part="strip"]')

async function atTheTill(page: Page) {
  await register(page)
  await setUp(page)
  await openTill(page)
}

describe('a line that was taken off', () => {
  test('comes back by key, and then nothing offers to undo anything else', async ({ person }) => {
    const { page } = await person()
    await atTheTill(page)
    await tile(page, /Agua/).click()
    await page.getByRole('button', { name: 'Quitar', exact: true }).click()
    await strip(page).getByText('Quitaste Agua').waitFor()
    await page.keyboard.press('Control+z')
    expect(await lines(page)).toEqual(['Agua'])
    expect(await strip(page).isVisible()).toBe(false)
  })

  test('comes back by its strip, which leaves once the order is another one', async ({ person }) => {
    const { page } = await person()
    await atTheTill(page)
    await tile(page, /Agua/).click()
    await tile(page, /Mostrito/).click()
    await page.getByRole('button', { name: 'Quitar', exact: true }).click()
    await strip(page).getByRole('button', { name: 'Deshacer' }).click()
    expect(await lines(page)).toEqual(['Agua', 'Mostrito'])

    await page.getByRole('button', { name: 'Quitar', exact: true }).click()
    await strip(page).getByText('Quitaste').waitFor()
    await page.getByRole('button', { name: 'Agregar uno' }).click()
    expect(await strip(page).isVisible()).toBe(false)
  })
})

describe('what the till does not know', () => {
  test('is created from its code without leaving the till, and is in the order', async ({ person }) => {
    const { page, problems } = await person()
    await atTheTill(page)
    await scan(page, '7750182000123')
    await strip(page).getByText('No conozco el código 7750182000123').waitFor()
    expect(await strip(page).getByRole('button').allInnerTexts()).toEqual(['Crear producto', 'Buscar'])
    await strip(page).getByRole('button', { name: 'Crear producto' }).click()

    const dialog = page.getByRole('dialog', { name: 'Crear producto' })
    await dialog.getByRole('button', { name: 'Crear y agregar' }).click()
    await dialog.getByText('Escribe el nombre del producto.').waitFor()
    expect(await focused(page)).toBe('create-name')
    await dialog.getByLabel('Nombre').fill('Jabón')
    await dialog.getByLabel('Precio').fill('0')
    await dialog.getByRole('button', { name: 'Crear y agregar' }).click()
    await dialog.getByText('Escribe un precio mayor que 0.').waitFor()
    await dialog.getByLabel('Precio').fill('3.50')
    await dialog.getByRole('button', { name: 'Crear y agregar' }).click()
    await dialog.waitFor({ state: 'hidden' })
    expect(await lines(page)).toEqual(['Jabón'])

    // The next scan finds it.
    await scan(page, '7750182000123')
    expect(await page.locator('.line-quantity').innerText()).toBe('2')
    expect(problems).toEqual([])
  })

  test('is created from what was searched; Tab stays inside and Esc closes', async ({ person }) => {
    const { page } = await person()
    await atTheTill(page)
    await page.getByLabel('Buscar o escanear').fill('mostriyo')
    await page.getByRole('button', { name: 'Crear "mostriyo"' }).click()
    const dialog = page.getByRole('dialog', { name: 'Crear producto' })
    expect(await focused(page)).toBe('create-price')
    for (let at = 0; at < 5; at++) {
      await page.keyboard.press('Tab')
      expect(await dialog.evaluate((box) => box.contains(document.activeElement))).toBe(true)
    }
    await page.keyboard.press('Escape')
    expect(await dialog.isVisible()).toBe(false)
    await page.getByRole('button', { name: 'Crear "mostriyo"' }).click()
    await dialog.getByLabel('Precio').fill('13')
    await dialog.getByRole('button', { name: 'Crear y agregar' }).click()
    await dialog.waitFor({ state: 'hidden' })
    expect(await lines(page)).toEqual(['mostriyo'])
  })
})

describe('when the menu changed meanwhile', () => {
  test('a new price is asked: a double Enter never answers, a later one does', async ({ person }) => {
    const { page, context } = await person()
    await atTheTill(page)
    await tile(page, /Mostrito/).click()
    await inTheOffice(context, async (office) => {
      await office.getByRole('link', { name: 'Mostrito', exact: true }).click()
      await office.getByLabel('Precio').fill('34')
      await office.getByRole('button', { name: 'Guardar', exact: true }).click()
      await office.waitForURL(/guardado=si/)
    })
    await page.keyboard.press('F2')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    await page.getByText('Mostrito ahora cuesta').first().waitFor()
    await page.keyboard.press('Enter')
    expect(await page.locator('article.ticket').count()).toBe(0)

    const answer = page.locator('[data-part="refusal"]').getByRole('button', { name: /Cobrar S\/.34\.00/ })
    await expect.poll(() => answer.evaluate((button) => button === document.activeElement)).toBe(true)
    await page.keyboard.press('Enter')
    await page.locator('article.ticket').waitFor({ state: 'attached' })
  })

  test('what is no longer for sale cannot be charged while its line is there', async ({ person }) => {
    const { page, context } = await person()
    await atTheTill(page)
    await tile(page, /Agua/).click()
    await tile(page, /Mostrito/).click()
    await inTheOffice(context, async (office) => {
      await office.getByRole('button', { name: 'Ocultar Mostrito' }).click()
      await office.getByText('Ocultaste Mostrito.').waitFor()
    })
    const charge = page.locator('[data-part="charge"]')
    const sentence = page.locator('[data-part="refusal"]').getByText('Mostrito ya no está a la venta.')
    await page.keyboard.press('F2')
    await page.keyboard.press('Enter')
    await sentence.waitFor()
    expect(await charge.isDisabled()).toBe(true)
    await page.locator('[data-part="refusal"]').getByRole('button', { name: 'Volver al pedido' }).click()
    await page.waitForTimeout(600)
    await page.keyboard.press('F2')
    await sentence.waitFor()
    expect(await charge.isDisabled()).toBe(true)

    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Quitar', exact: true }).click()
    await page.keyboard.press('F2')
    expect(await charge.isEnabled()).toBe(true)
  })
})

/** As a scanner types: all keys within a moment, however busy the machine is. */
const scan = (page: Page, code: string) =>
  page.evaluate(
    (keys) => {
      for (const key of keys) document.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
    },
    [...code, 'Enter'],
  )

const focused = (page: Page) => page.evaluate(() => document.activeElement?.id)

/** The owner changes her menu in another window. */
async function inTheOffice(context: BrowserContext, work: (office: Page) => Promise<void>) {
  const office = await context.newPage()
  await office.goto(`${app()}/productos`)
  await work(office)
  await office.close()
}
