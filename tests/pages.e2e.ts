import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { app, landing, openTill, register, setUp, sizes, test } from './support/journey.ts'

const outside = ['/', '/precios', '/registro', '/privacidad', '/terminos', '/libro-de-reclamaciones']
const doors = ['/registro', '/ingresar', '/recuperar']
const inside = [
  '/',
  '/productos',
  '/productos/nuevo',
  '/ventas',
  '/personal',
  '/cuenta',
  '/plan',
  '/plan/pagar?plan=LOCAL&periodo=anual',
  '/cuenta/soporte',
  '/cuenta/datos',
  '/cuenta/cierre',
  '/caja',
  '/pos',
  '/pos?modo=practica',
  '/configurar/datos-fiscales',
  '/configurar/sucursal',
  '/configurar/caja',
  '/configurar/productos',
]

/** What axe calls serious or worse, and whether the page scrolls sideways. */
async function faults(page: Page, url: string) {
  await page.goto(url)
  const { violations } = await new AxeBuilder({ page: page as never }).analyze()
  const serious = violations
    .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
    .map((violation) => `${url}: ${violation.id} ${violation.nodes.map((node) => node.target).join(' ')}`)
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  )
  return wide ? [...serious, `${url}: scrolls sideways`] : serious
}

for (const [device, viewport] of Object.entries({ phone: sizes.phone, counter: sizes.counter })) {
  test(`every page is accessible and fits a ${device}`, async ({ person }) => {
    const { page, problems } = await person({ viewport })
    const found: string[] = []
    for (const path of outside) found.push(...(await faults(page, landing() + path)))
    for (const path of doors) found.push(...(await faults(page, app() + path)))
    await register(page)
    await setUp(page)
    await openTill(page)
    for (const path of inside) found.push(...(await faults(page, app() + path)))
    expect(found).toEqual([])
    expect(problems).toEqual([])
  }, 120_000)
}
