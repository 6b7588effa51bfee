/**
 * The landing's pictures and the README's, taken from the running app: nothing on them is drawn.
 *   node scripts/pictures.ts                                     starts a demo of its own
 *   node scripts/pictures.ts --app URL --email … --password …    uses one that runs
 * Writes public/img/*.webp and docs/pictures/*.png; look at them before committing. Letters are this
 * machine's: with Roboto installed they look as on an Android phone.
 */
import { mkdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Browser, chromium, type Page } from 'playwright-core'
import { folders, paper, png, signedIn, webp } from './pictures-camera.ts'
import { type Demo, startDemo } from './pictures-demo.ts'

/** «Así se ve un sábado a las ocho.» */
const saturday = new Date('2026-11-28T20:00:00-05:00')
const order = ['1/4 pollo', '1/4 pollo', 'Mostrito', 'Gaseosa 1.5 L', 'Crema extra']

const demo = await demoToUse()
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
try {
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true })
  await counter(browser, demo)
  await phone(browser, demo)
  await readme(browser, demo)
} finally {
  await browser.close()
  await demo.stop()
}

async function demoToUse(): Promise<Demo> {
  const { values } = parseArgs({
    options: { app: { type: 'string' }, email: { type: 'string' }, password: { type: 'string' } },
  })
  const { app, email, password } = values
  if (!app) return startDemo()
  if (!email || !password) throw new Error('--app also needs --email and --password')
  return { app, landing: app.replace('://app.', '://'), email, password, stop: async () => {} }
}

/** The PC of a counter: an order, its payment, its ticket. */
async function counter(browser: Browser, demo: Demo) {
  const page = await signedIn(browser, demo, { viewport: { width: 1180, height: 620 } })
  await openTill(page, demo)
  await fillOrder(page)
  await webp(page, { name: 'till', maxBytes: 22_500, scale: 0.65 })
  await page.locator('[data-part="order-charge"]').click()
  const payment = page.locator('[data-part="payment"]')
  await payment.getByLabel('Recibido').fill('60')
  const charge = payment.getByRole('button', { name: /^Cobrar S/ })
  await webp(page, { name: 'payment', maxBytes: 7_000, scale: 0.6, of: payment, until: charge })
  await charge.click()
  await page.locator('article.ticket').first().waitFor({ state: 'attached' })
  await png(page, 'cobrado')
  await page.goto(`${demo.app}/ventas`)
  await page.locator('a[href$="/ticket"]').first().click()
  await paper(page, 'ticket', page.locator('article.ticket').first(), 10_000)
  await page.context().close()
}

async function phone(browser: Browser, demo: Demo) {
  const page = await signedIn(browser, demo, {
    viewport: { width: 360, height: 640 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
  })
  await openTill(page, demo)
  await fillOrder(page)
  await webp(page, { name: 'till-phone', maxBytes: 22_500, scale: 1.3 })
  await png(page, 'caja-celular')
  await page.context().close()
}

async function readme(browser: Browser, demo: Demo) {
  const page = await signedIn(browser, demo, { viewport: { width: 1366, height: 768 } })
  await openTill(page, demo)
  await fillOrder(page)
  await png(page, 'caja')
  const others = { inicio: `${demo.app}/`, productos: `${demo.app}/productos`, portada: `${demo.landing}/` }
  for (const [name, url] of Object.entries(others)) {
    await page.goto(url)
    await png(page, name)
  }
  await page.context().close()
}

async function openTill(page: Page, demo: Demo) {
  await page.clock.setFixedTime(saturday)
  await page.goto(`${demo.app}/pos`)
  const open = page.getByRole('button', { name: 'Abrir caja' })
  if (!(await open.isVisible())) return
  await page.getByLabel('¿Con cuánto sencillo empiezas?').fill('50.00')
  await open.click()
  await open.waitFor({ state: 'detached' })
}

async function fillOrder(page: Page) {
  for (const name of order) await page.locator(`.tile[title="${name}"]`).click()
  // The hand was at the last product; the picture shows the first ones.
  await page.locator('[data-part="tiles"]').evaluate((tiles) => {
    for (let at: Element | null = tiles; at; at = at.parentElement) at.scrollTop = 0
  })
}
