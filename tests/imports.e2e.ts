import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { app, openTill, register, setUp, sizes, test } from './support/journey.ts'
import { picture } from './support/sheets.ts'
import { longList, uglyList } from './support/ugly.ts'

const excel = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const file = (buffer: Buffer, name = 'LISTA DE PRECIOS (final).xlsx') => ({ name, mimeType: excel, buffer })

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })

async function rosa(page: Page, options?: { menu: boolean }) {
  await register(page)
  await setUp(page, options)
}

const faults = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page: page as never }).analyze()
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
  return [...grave.map(({ id }) => id), ...(isWide ? ['sideways'] : [])]
}

describe.each([
  ['with script', true],
  ['without script', false],
] as const)('%s', (_, javaScriptEnabled) => {
  test('Rosa uploads her list as it is, mends two prices, saves, sells, and takes it back', async ({
    person,
  }) => {
    // The till is script: she opens it in a browser that has it.
    const { page, context, problems } = await person({ viewport: sizes.phone, javaScriptEnabled: true })
    await rosa(page)
    const plain = javaScriptEnabled ? page : await withoutScript(person, await context.cookies())
    await plain.goto(`${app()}/productos/importar`)
    expect(await faults(page)).toEqual([])
    await plain.getByLabel('Suelta tu Excel aquí o elígelo').setInputFiles(file(await uglyList()))
    if (!javaScriptEnabled) await plain.getByRole('button', { name: 'Revisar mi Excel' }).click()

    await heading(plain, 'Revisa tu Excel').waitFor()
    await plain.getByText('Encontramos 5 filas en la hoja "Precios", con títulos en la fila 4.').waitFor()
    await plain.getByText('Revisamos tu archivo: 3 productos nuevos, 2 no entran.').waitFor()
    await plain.getByText('C6: "consultar" no es un precio. Escribe un número.').waitFor()
    if (javaScriptEnabled) expect(await faults(plain)).toEqual([])
    await plain.getByLabel('Precio de la fila 6').fill('12,50')
    await plain.getByLabel('Precio de la fila 8').fill('9')
    if (javaScriptEnabled) await plain.getByLabel('Precio de la fila 8').press('Tab')
    else await plain.getByRole('button', { name: 'Revisar mis correcciones' }).click()
    await plain.getByText('Revisamos tu archivo: 5 productos nuevos.').waitFor()

    await plain.getByLabel('No, dejarlos').check()
    if (!javaScriptEnabled) await plain.getByRole('button', { name: 'Aplicar' }).first().click()
    await plain.getByRole('button', { name: 'Guardar 5' }).click()
    await plain.getByText(/Listo\. Puedes deshacer esta carga hasta el \d+ de \w+\./).waitFor()
    if (javaScriptEnabled) expect(await faults(plain)).toEqual([])

    const done = plain.url()
    await openTill(page)
    await page.getByLabel('Buscar o escanear').fill('causa')
    await page
      .getByRole('button', { name: /Causa limeña/ })
      .first()
      .waitFor()

    await plain.goto(done)
    await plain.getByRole('link', { name: 'Deshacer' }).click()
    await plain.getByRole('button', { name: 'Sí, deshacer la carga' }).click()
    await plain.getByText('Todo volvió a como estaba antes de esta carga.').waitFor()
    await plain.goto(`${app()}/productos?q=causa`)
    expect(await plain.getByText('Causa limeña').count()).toBe(0)
    expect(problems).toEqual([])
  })
})

async function withoutScript(
  person: (
    options: object,
  ) => Promise<{ page: Page; context: { addCookies(cookies: never): Promise<void> } }>,
  cookies: unknown,
) {
  const { page, context } = await person({ viewport: sizes.phone, javaScriptEnabled: false })
  await context.addCookies(cookies as never)
  return page
}

test('she closes the page while it is being saved, and finds it saved', async ({ person }) => {
  const { page, context } = await person()
  await rosa(page, { menu: false })
  await page.goto(`${app()}/productos/importar`)
  await page.getByLabel('Suelta tu Excel aquí o elígelo').setInputFiles(file(await longList(6_000)))
  await heading(page, 'Revisa tu Excel').waitFor()
  const address = page.url()
  const sent = page.waitForResponse((response) => response.url().includes('/guardado'))
  await page.getByRole('button', { name: 'Guardar 6,000' }).click({ noWaitAfter: true })
  await sent
  // Closed in the middle of going on to the next page: Chromium does not always answer that it is done.
  void page.close()
  const again = await context.newPage()
  await again.goto(address)
  await again.getByText(/Listo\. Puedes deshacer esta carga/).waitFor({ timeout: 60_000 })
  await again.goto(`${app()}/productos`)
  expect(await again.getByText('6,000 productos', { exact: true }).count()).toBe(1)
})

test('in the wizard the same, and back in it', async ({ person }) => {
  const { page } = await person({ viewport: sizes.phone })
  await register(page)
  await page.getByLabel('¿Cómo te llamas?').fill('Rosa')
  await page.getByLabel('Vender con Boleta Simple').check()
  for (const next of ['sucursal', 'caja', 'productos']) {
    await page.getByRole('button', { name: 'Guardar y seguir' }).click()
    await page.waitForURL(`${app()}/configurar/${next}`)
  }
  await page
    .getByLabel('Suelta tu Excel aquí o elígelo')
    .setInputFiles(file(Buffer.from(picture), 'carta.xlsx'))
  await page.getByRole('alert').getByText('Ese archivo no es un Excel.').waitFor()
  await page.getByLabel('Suelta tu Excel aquí o elígelo').setInputFiles(file(await uglyList()))
  await heading(page, 'Revisa tu Excel').waitFor()
  expect(await page.getByText('Paso 4 de 4').isVisible()).toBe(true)
  await page.getByRole('button', { name: 'Guardar 3' }).click()
  await page.getByRole('link', { name: 'Terminar con 3 productos' }).waitFor()
  await page.getByRole('link', { name: 'Volver a la configuración' }).click()
  await page.waitForURL(`${app()}/configurar/productos`)
  expect(await page.getByRole('link', { name: 'Terminar con 3 productos' }).isVisible()).toBe(true)
})

test('a file that is dropped, rows that are pasted, and one that is too large', async ({ person }) => {
  const { page, problems } = await person()
  await rosa(page, { menu: false })
  await page.goto(`${app()}/productos/importar`)
  await page.evaluate(() => {
    const data = new DataTransfer()
    data.setData('text/plain', 'Producto\tPrecio\nArroz con pato\t32\nSeco\t28,50\n')
    document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data }))
  })
  await page.getByText('Revisamos tu archivo: 2 productos nuevos.').waitFor()

  await page.goto(`${app()}/productos/importar`)
  const list = [...(await uglyList())]
  await page.evaluate((bytes) => {
    const data = new DataTransfer()
    data.items.add(new File([new Uint8Array(bytes)], 'lista.xlsx'))
    document
      .querySelector('.upload-zone')
      ?.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))
  }, list)
  await page.getByText('Revisamos tu archivo: 3 productos nuevos, 2 no entran.').waitFor()

  await page.goto(`${app()}/productos/importar`)
  const large = file(Buffer.alloc(17_000_000))
  await page.getByLabel('Suelta tu Excel aquí o elígelo').setInputFiles(large)
  await page.getByRole('alert').getByText('Pesa más de 15 MB.').waitFor()
  expect(problems).toEqual([])

  await page.route('**/productos/importar', (route) => route.abort('connectionreset'))
  await page.getByLabel('Suelta tu Excel aquí o elígelo').setInputFiles(file(await uglyList()))
  await page
    .getByRole('alert')
    .getByText('Se cortó la subida. No guardamos nada: vuelve a intentar.')
    .waitFor()
})

test('without script a file of 17 MB gets its sentence, not a bare refusal', async ({ person }) => {
  const { page, context } = await person()
  await rosa(page, { menu: false })
  const plain = await withoutScript(person as never, await context.cookies())
  await plain.goto(`${app()}/productos/importar`)
  await plain.getByLabel('Suelta tu Excel aquí o elígelo').setInputFiles(file(Buffer.alloc(17_000_000)))
  await plain.getByRole('button', { name: 'Revisar mi Excel' }).click()
  await plain.getByText('Pesa más de 15 MB.').waitFor()
  expect(await plain.getByText('No guardamos nada.', { exact: true }).isVisible()).toBe(true)
})

test('what she types in the next cell stays while the first is being checked', async ({ person }) => {
  const { page } = await person()
  await rosa(page, { menu: false })
  await page.goto(`${app()}/productos/importar`)
  await page.getByLabel('Suelta tu Excel aquí o elígelo').setInputFiles(file(await uglyList()))
  await page.getByLabel('Precio de la fila 6').fill('12.50')
  await page.getByLabel('Precio de la fila 8').focus()
  await page.keyboard.type('9')
  await page.getByText('Revisamos tu archivo: 4 productos nuevos, 1 no entra.').waitFor()
  await page.keyboard.type('.50')
  expect(await page.getByLabel('Precio de la fila 8').inputValue()).toBe('9.50')
  await page.keyboard.press('Enter')
  await page.getByText('Revisamos tu archivo: 5 productos nuevos.').waitFor()
})
