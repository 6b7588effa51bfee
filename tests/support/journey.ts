import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core'
import { test as base, inject } from 'vitest'

export const sizes = {
  phone: { width: 360, height: 640 },
  tallPhone: { width: 360, height: 740 },
  counter: { width: 1366, height: 625 },
  tallCounter: { width: 1366, height: 768 },
} as const

let browser: Browser | undefined
let people = 0

const anAddress = () => `10.${[1, 2, 3].map(() => Math.floor(Math.random() * 250)).join('.')}`

/** A person at a browser of their own: separate cookies and storage. `problems` collects what the console complains of. */
export type Person = { page: Page; context: BrowserContext; problems: string[] }

export const test = base.extend<{ person: (options?: BrowserContextOptions) => Promise<Person> }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the names of the fixtures from the pattern
  person: async ({}, use) => {
    const opened: BrowserContext[] = []
    await use(async (options = {}) => {
      browser ??= await chromium.connect(inject('browser'))
      const context = await browser.newContext({
        viewport: sizes.counter,
        locale: 'es-PE',
        extraHTTPHeaders: { 'X-Forwarded-For': anAddress() },
        ...options,
      })
      context.setDefaultTimeout(15_000)
      opened.push(context)
      const page = await context.newPage()
      const problems: string[] = []
      page.on('pageerror', (error) => problems.push(String(error)))
      page.on('console', (message) => {
        if (message.type() === 'error' && !/status of 4\d\d/.test(message.text()))
          problems.push(message.text())
      })
      return { page, context, problems }
    })
    for (const context of opened) await context.close()
  },
})

type Place = { landing: string; app: string; operator: string }
let place: Place | undefined

/** The journeys of this file go to another server than the one that all share. */
export const journeysAt = (elsewhere: Place) => {
  place = elsewhere
}
export const landing = () => place?.landing ?? inject('landing')
export const app = () => place?.app ?? inject('app')
export const operator = () => place?.operator ?? inject('operator')

export const password = 'pollo a la brasa'

/** A new owner as she would walk it: three fields, and she stands in the wizard. */
export async function register(page: Page, business = 'Pollería Rosita') {
  people += 1
  const email = `rosa-${process.pid}-${people}@example.com`
  await page.goto(`${landing()}/registro`)
  await page.getByLabel('Correo').fill(email)
  await page.getByLabel('Contraseña', { exact: true }).fill(password)
  await page.getByLabel('Nombre del negocio').fill(business)
  await page.getByLabel('¿Cuál es tu rubro?').selectOption({ label: 'Pollería' })
  await page.getByRole('button', { name: 'Crear mi cuenta gratis' }).click()
  await page.waitForURL(`${app()}/configurar/datos-fiscales`)
  return email
}

/** The wizard with the least that it asks; the ready menu of 23 products. */
export async function setUp(page: Page, { menu = true } = {}) {
  await page.getByLabel('¿Cómo te llamas?').fill('Rosa')
  await page.getByLabel('Vender con Boleta Simple').check()
  await saveStep(page, '/configurar/sucursal')
  await saveStep(page, '/configurar/caja')
  await saveStep(page, '/configurar/productos')
  if (!menu) {
    await page.getByRole('link', { name: 'Lo haré después' }).click()
    await page.waitForURL(`${app()}/`)
    return
  }
  await page.getByRole('link', { name: /Usar la carta lista/ }).click()
  await page.getByRole('button', { name: 'Guardar 23 productos' }).click()
  await page.waitForURL(`${app()}/`)
}

async function saveStep(page: Page, next: string) {
  await page.getByRole('button', { name: 'Guardar y seguir' }).click()
  await page.waitForURL(`${app()}${next}`)
}

/** A turno with 50 soles of change. */
export async function openTill(page: Page) {
  await page.goto(`${app()}/pos`)
  await page.getByLabel('¿Con cuánto sencillo empiezas?').fill('50')
  await page.getByRole('button', { name: 'Abrir caja' }).click()
  await page
    .getByRole('button', { name: /1\/4 pollo/ })
    .first()
    .waitFor()
}
