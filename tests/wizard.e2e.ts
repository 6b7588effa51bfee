import { describe, expect } from 'vitest'
import { app, register, setUp, sizes, test } from './support/journey.ts'

const found = (legalName: string) =>
  `<div id="ruc-result" role="status" data-legal-name="${legalName}" data-address="Av. Grau 123">
    <p class="ruc-found">Encontrado: ${legalName}.</p><input type="hidden" name="foundRuc" value="20131312955"></div>`

const notFound =
  '<div id="ruc-result" role="status"><p class="soft">No encontramos ese RUC.</p><input type="hidden" name="foundRuc" value=""></div>'

describe('the RUC as it is typed', () => {
  test('a wrong digit is told at once, and a right one is looked up without a press', async ({ person }) => {
    const { page, problems } = await person({ viewport: sizes.phone })
    await register(page)
    const ruc = page.getByLabel('RUC', { exact: true })
    await ruc.pressSequentially('2013131295')
    expect(await page.locator('#ruc-result').innerText()).toBe('')
    await ruc.press('6')
    await page.getByText('Ese RUC no es válido: revisa los números.').waitFor()
    await ruc.press('Backspace')
    await ruc.press('5')
    await page.getByText('No pudimos consultar ahora. Escribe tus datos y sigue.').waitFor()
    expect(problems).toEqual([])
  })

  test('what is found fills the empty fields and never what she typed', async ({ person }) => {
    const { page } = await person()
    await register(page)
    await page.route('**/configurar/ruc?*', (route) =>
      route.fulfill({ contentType: 'text/html', body: found('INVERSIONES ROSITA E.I.R.L.') }),
    )
    await page.getByLabel('Dirección').fill('Jr. Lima 5')
    await page.getByLabel('RUC', { exact: true }).fill('20131312955')
    await page.getByText('Encontrado: INVERSIONES ROSITA E.I.R.L.').waitFor()
    expect(await page.getByLabel('Nombre Legal').inputValue()).toBe('INVERSIONES ROSITA E.I.R.L.')
    expect(await page.getByLabel('Dirección').inputValue()).toBe('Jr. Lima 5')
  })

  test('what the register filled in leaves with its RUC, and what she typed stays', async ({ person }) => {
    const { page } = await person()
    await register(page)
    await page.route('**/configurar/ruc?*', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: route.request().url().includes('20131312955') ? found('OTRA S.A.C.') : notFound,
      }),
    )
    const ruc = page.getByLabel('RUC', { exact: true })
    const name = page.getByLabel('Nombre Legal')
    const address = page.getByLabel('Dirección')
    const noRuc = page.getByLabel('Vender con Boleta Simple')

    await ruc.fill('20131312955')
    await page.getByText('Encontrado: OTRA S.A.C.').waitFor()
    expect([await name.inputValue(), await address.inputValue()]).toEqual(['OTRA S.A.C.', 'Av. Grau 123'])
    await ruc.press('Backspace')
    expect([await name.inputValue(), await address.inputValue()]).toEqual(['', ''])
    expect(await page.getByText('Encontrado').count()).toBe(0)
    await ruc.press('5')
    await page.getByText('Encontrado: OTRA S.A.C.').waitFor()
    await ruc.fill('20100070970')
    await page.getByText('No encontramos ese RUC.').waitFor()
    expect([await name.inputValue(), await address.inputValue()]).toEqual(['', ''])

    await ruc.fill('20131312955')
    await page.getByText('Encontrado: OTRA S.A.C.').waitFor()
    await address.fill('Jr. Lima 5')
    await noRuc.check()
    expect([await name.inputValue(), await address.inputValue()]).toEqual(['', 'Jr. Lima 5'])
    await noRuc.uncheck()
    await page.getByText('Encontrado: OTRA S.A.C.').waitFor()
    expect([await name.inputValue(), await address.inputValue()]).toEqual(['OTRA S.A.C.', 'Jr. Lima 5'])
  })

  test('the rate is asked of who breaks the tax down, and of nobody else', async ({ person }) => {
    const { page } = await person()
    await register(page)
    const rate = page.getByText('¿Qué IGV aplicas?')
    expect(await rate.isVisible()).toBe(false)
    await page.getByLabel('Régimen').selectOption({ label: 'RER' })
    expect(await rate.isVisible()).toBe(true)
    expect(await page.getByRole('radio', { name: '18 %', exact: true }).isChecked()).toBe(true)
    await page.getByLabel('Vender con Boleta Simple').check()
    expect(await rate.isVisible()).toBe(false)
  })
})

test('Enter saves the step, and a double click goes one step on', async ({ person }) => {
  const { page } = await person()
  await register(page)
  await page.getByLabel('Vender con Boleta Simple').check()
  await page.getByLabel('¿Cómo te llamas?').fill('Rosa')
  await page.getByLabel('¿Cómo te llamas?').press('Enter')
  await page.waitForURL(`${app()}/configurar/sucursal`)
  await page.getByRole('button', { name: 'Guardar y seguir' }).dblclick()
  await page.waitForURL(`${app()}/configurar/caja`)
  expect(await page.getByText('Paso 3 de 4').isVisible()).toBe(true)
})

test('a scanner fills the shelves: its Enter leads to the name', async ({ person }) => {
  const { page } = await person()
  await register(page)
  await setUp(page, { menu: false })
  await page.goto(`${app()}/configurar/productos/escanear`)
  await page.keyboard.type('7750182000123\n')
  await page.keyboard.type('Jabón')
  await page.getByLabel('Precio').fill('3.50')
  await page.getByRole('button', { name: 'Guardar y seguir con otro' }).click()
  await page.getByText('Guardamos Jabón. Sigue con el próximo.').waitFor()
  expect(
    await page.getByLabel('Código de barras').evaluate((field) => field === document.activeElement),
  ).toBe(true)
})

test('the button of the ready menu counts the ticked boxes', async ({ person }) => {
  const { page } = await person()
  await register(page)
  await setUp(page, { menu: false })
  await page.goto(`${app()}/configurar/productos/carta`)
  await page.getByLabel('Táper', { exact: true }).uncheck()
  await page.getByRole('button', { name: 'Guardar 22 productos' }).click()
  await page.waitForURL(`${app()}/`)
  await page.goto(`${app()}/productos`)
  expect(await page.getByText('22 productos', { exact: true }).isVisible()).toBe(true)
})

test('searching as she types keeps the page', async ({ person }) => {
  const { page, problems } = await person({ viewport: sizes.phone })
  await register(page)
  await setUp(page)
  await page.goto(`${app()}/productos`)
  await page.getByRole('searchbox', { name: 'Buscar' }).pressSequentially('taper')
  await page.getByText('1 producto', { exact: true }).waitFor()
  expect(new URL(page.url()).searchParams.get('q')).toBe('taper')
  await page.getByRole('button', { name: 'Ocultar Táper' }).click()
  await page.getByText('Ocultaste Táper.').waitFor()
  await page.getByRole('button', { name: 'Deshacer' }).click()
  await page.getByText('Táper está otra vez a la venta.').waitFor()
  expect(problems).toEqual([])
})
