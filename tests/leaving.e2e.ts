import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect, onTestFinished } from 'vitest'
import { app, openTill, password, register, setUp, sizes, test } from './support/journey.ts'
import { openedZip } from './support/unzipped.ts'

/** What axe calls serious or worse, what stands outside the screen, and more than one ember button. */
async function faults(page: Page) {
  const { violations } = await new AxeBuilder({ page: page as never }).analyze()
  const serious = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${page.url()}: ${id} ${nodes.map((node) => node.target).join(' ')}`)
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  )
  const embers = await page.locator('main .button-primary').count()
  return [
    ...serious,
    ...(wide ? [`${page.url()}: scrolls sideways`] : []),
    ...(embers > 1 ? [`${page.url()}: ${embers} ember buttons`] : []),
  ]
}

const downloads = async (page: Page) => {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: /^Descargar / }).click(),
  ])
  const folder = mkdtempSync(join(tmpdir(), 'sk-zip-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'todo.zip')
  await download.saveAs(file)
  return { name: download.suggestedFilename(), zip: openedZip(file) }
}

for (const [device, viewport] of Object.entries({ phone: sizes.phone, counter: sizes.counter })) {
  test(`on a ${device} Rosa sells, takes all her data, closes her account and comes back`, async ({
    person,
  }) => {
    const { page, problems } = await person({ viewport })
    await register(page)
    await setUp(page)
    await openTill(page)
    await page.goto(`${app()}/cuenta`)
    await page.getByRole('link', { name: 'Descargar todo' }).click()
    const found = await faults(page)
    await page.getByLabel('Contraseña', { exact: true }).fill('no es esta')
    await page.getByRole('button', { name: 'Preparar mi descarga' }).click()
    await page.getByText('La contraseña no coincide.').waitFor()
    found.push(...(await faults(page)))
    await page.getByLabel('Contraseña', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Preparar mi descarga' }).click()
    await page.getByText('Tu descarga está lista.').waitFor()
    found.push(...(await faults(page)))
    const { name, zip } = await downloads(page)
    expect(name).toMatch(/^smartket-polleria-rosita-\d{4}-\d\d-\d\d\.zip$/)
    expect(zip.names).toContain('excel/productos.xlsx')
    expect(zip.text('datos.sql')).toContain('1/4 pollo')

    await page.goto(`${app()}/cuenta`)
    await page.getByRole('link', { name: 'Cerrar mi cuenta' }).click()
    found.push(...(await faults(page)))
    await page.getByLabel('Contraseña', { exact: true }).fill(password)
    await page.getByRole('button', { name: 'Cerrar mi cuenta' }).click()
    await page.getByRole('heading', { name: 'Tu cuenta está cerrada' }).waitFor()
    found.push(...(await faults(page)))
    await page.getByRole('button', { name: 'Volver a abrir mi cuenta' }).click()
    await page.getByText('Tu cuenta está abierta otra vez.').waitFor()
    expect(found).toEqual([])
    expect(problems).toEqual([])
  })
}

test('without JavaScript too', async ({ person }) => {
  const { page } = await person()
  await register(page)
  await setUp(page)
  const plain = await person({ javaScriptEnabled: false, storageState: await page.context().storageState() })
  await plain.page.goto(`${app()}/cuenta/datos`)
  await plain.page.getByLabel('Contraseña', { exact: true }).fill(password)
  await plain.page.getByRole('button', { name: 'Preparar mi descarga' }).click()
  await plain.page.getByText('Tu descarga está lista.').waitFor()
  expect((await downloads(plain.page)).zip.names).toContain('LEEME.txt')
  await plain.page.goto(`${app()}/cuenta/cierre`)
  await plain.page.getByLabel('Contraseña', { exact: true }).fill(password)
  await plain.page.getByRole('button', { name: 'Cerrar mi cuenta' }).click()
  await plain.page.getByRole('button', { name: 'Volver a abrir mi cuenta' }).click()
  await plain.page.getByText('Tu cuenta está abierta otra vez.').waitFor()
})
