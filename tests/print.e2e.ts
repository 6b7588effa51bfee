import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { app, openTill, register, setUp, test } from './support/journey.ts'

/** What a browser would put on paper, in points: one entry a page. */
async function sheets(page: Page): Promise<{ width: number; height: number }[]> {
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  return [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, width, height]) => ({
    width: Number(width),
    height: Number(height),
  }))
}

/** Everything that is visible when printing. */
async function textOnPaper(page: Page): Promise<string> {
  await page.emulateMedia({ media: 'print' })
  const text = await page.evaluate(() => document.body.innerText.trim())
  await page.emulateMedia({ media: null })
  return text
}

/** «Imprimir», with the browser's own dialog replaced by a count. */
async function pressPrint(page: Page) {
  await page.evaluate(() => {
    document.body.dataset.printed = '0'
    window.print = () => {
      document.body.dataset.printed = '1'
    }
  })
  await page.getByRole('button', { name: 'Imprimir' }).click()
  await page.waitForSelector('body[data-printed="1"]', { state: 'attached' })
}

/** A sale made through the till's own POST, which answers where its ticket is. */
async function sell(page: Page): Promise<string> {
  await openTill(page)
  const path = await page.evaluate(async () => {
    const catalogue = await (await fetch('/pos/catalogo/actual')).json()
    const [productId, , , unitPriceCentimos] = catalogue.products[0]
    const answer = await fetch('/pos/ventas', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify({
        requestKey: '6f1c1c7e-3b0b-4a53-9a3c-0f6d8f3f9b11',
        registerId: 1,
        channel: 'salon',
        orderLabel: '47',
        lines: [{ productId, quantityThousandths: 1000, unitPriceCentimos }],
        payments: [{ method: 'efectivo' }],
      }),
    })
    return (await answer.json()).sale.ticketPath as string
  })
  return `${app()}${path}`
}

describe('on the paper there is the ticket and nothing else', () => {
  for (const roll of [80, 58]) {
    test(`${roll} mm: one sheet, as wide as the roll and as long as the ticket`, async ({ person }) => {
      const { page, problems } = await person()
      await register(page)
      await setUp(page)
      await page.goto(await sell(page))
      const article = page.locator('.ticket-page > article.ticket')
      await article.evaluate((paper, width) => {
        paper.setAttribute('class', `ticket ticket-${width}`)
      }, roll)
      const ticket = await article.innerText()

      expect(await textOnPaper(page)).toBe(ticket.trim())
      await pressPrint(page)
      expect(await textOnPaper(page)).toBe(ticket.trim())
      const printed = await sheets(page)
      expect(printed).toHaveLength(1)
      expect(Math.round(((printed[0]?.width ?? 0) / 72) * 25.4)).toBe(roll)
      expect(printed[0]?.height).toBeGreaterThan(printed[0]?.width ?? 0)

      await pressPrint(page)
      expect(await textOnPaper(page)).toContain('COPIA')
      expect(problems).toEqual([])
    })
  }
})
