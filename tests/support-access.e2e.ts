import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { app, operator, password, register, setUp, sizes, test } from './support/journey.ts'
import { newOperator, signInAsOperator, smartketOperators } from './support/operator-journey.ts'

async function faults(page: Page) {
  const { violations } = await new AxeBuilder({ page: page as never }).analyze()
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  )
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  return [...serious.map(({ id }) => `${page.url()}: ${id}`), ...(wide ? [`${page.url()} is too wide`] : [])]
}

test('Rosa lets support look, Olga looks and can change nothing, Rosa ends it', async ({ person }) => {
  const business = `Pollería de Rosa ${process.pid}`
  const rosa = await person({ viewport: sizes.phone })
  await register(rosa.page, business)
  await setUp(rosa.page)
  await rosa.page.goto(`${app()}/cuenta`)
  await rosa.page.getByRole('link', { name: 'Dejar que soporte mire tu negocio' }).click()
  await rosa.page.getByRole('button', { name: 'Dejar que miren durante una hora' }).click()
  await rosa.page.getByText('Soporte de SmartKet puede mirar tu negocio').waitFor()
  expect(await faults(rosa.page)).toEqual([])

  const olga = await person()
  await signInAsOperator(olga.page, '/soporte')
  const card = olga.page.getByRole('listitem').filter({ hasText: business })
  await card.getByRole('button', { name: 'Entrar a mirar' }).click()
  await olga.page.getByRole('heading', { name: `Entrar a mirar ${business}` }).waitFor()
  expect(await faults(olga.page)).toEqual([])
  await olga.page.getByRole('button', { name: 'Entrar', exact: true }).click()
  await olga.page.waitForURL(`${app()}/`)
  await olga.page.getByText('Miras este negocio como soporte').waitFor()
  await olga.page.goto(`${app()}/productos`)
  await olga.page.getByText('1/4 pollo').first().waitFor()

  await olga.page.goto(`${app()}/productos/nuevo`)
  await olga.page.getByLabel('Nombre').first().fill('De Olga')
  await olga.page.getByLabel('Precio').first().fill('1')
  const refused = olga.page.waitForResponse((answer) => answer.request().method() === 'POST')
  await olga.page
    .getByRole('button', { name: /^Guardar/ })
    .first()
    .click()
  expect((await refused).status()).toBe(403)

  await rosa.page.goto(`${app()}/productos`)
  await rosa.page.getByText('Olga, de SmartKet, puede mirar tu negocio').waitFor()
  expect(await rosa.page.getByText('De Olga').count()).toBe(0)
  await rosa.page.getByRole('button', { name: 'Terminar ahora' }).click()
  await rosa.page.getByText('Soporte ya no puede mirar tu negocio').waitFor()
  await olga.page.goto(`${app()}/productos`)
  await olga.page.waitForURL(`${operator()}/soporte`)
  await olga.page.getByText('Nadie nos deja mirar').waitFor()
  expect([...rosa.problems, ...olga.problems]).toEqual([])
})

for (const [device, viewport] of Object.entries({ phone: sizes.phone, counter: sizes.counter })) {
  test(`the console's door is accessible, fits a ${device}, and works without JavaScript`, async ({
    person,
  }) => {
    const { page, problems } = await person({ viewport, javaScriptEnabled: true })
    await page.goto(`${operator()}/soporte`)
    await page.waitForURL(`${operator()}/ingresar?volver=%2Fsoporte`)
    expect(await faults(page)).toEqual([])
    const plain = await person({ viewport, javaScriptEnabled: false })
    const olga = newOperator()
    await plain.page.goto(`${operator()}/ingresar`)
    await plain.page.getByLabel('Correo').fill(olga.email)
    await plain.page.getByLabel('Contraseña').fill(password)
    await plain.page.getByLabel('Código').fill('000000')
    await plain.page.getByRole('button', { name: 'Ingresar' }).click()
    await plain.page.getByText('El correo, la contraseña o el código no coinciden.').waitFor()
    expect(await plain.page.getByLabel('Correo').inputValue()).toBe(olga.email)
    await signInAsOperator(page, '/soporte')
    expect(await faults(page)).toEqual([])
    expect(problems).toEqual([])
  })
}

test('who is disabled on the command line is out with the next click', async ({ person }) => {
  const { page } = await person()
  const olga = await signInAsOperator(page, '/soporte')
  smartketOperators(['disable', olga.email])
  await page.goto(`${operator()}/soporte`)
  await page.waitForURL(`${operator()}/ingresar?volver=%2Fsoporte`)
  expect(await page.getByRole('heading', { name: 'Ingresar' }).count()).toBe(1)
})

test('a lost telephone: another secret, and the old one opens nothing', async ({ person }) => {
  const { page } = await person()
  const olga = await signInAsOperator(page, '/soporte')
  const reset = JSON.parse(smartketOperators(['reset-totp', olga.email, '--json'])) as { otpauth: string }
  expect(reset.otpauth).not.toContain(olga.secret)
  expect(smartketOperators(['list'])).toContain(olga.email)
  await page.goto(`${operator()}/ingresar`)
  await page.getByLabel('Correo').fill(olga.email)
  await page.getByLabel('Contraseña').fill(password)
  await page.getByLabel('Código').fill(olga.recoveryCodes[0] ?? '')
  await page.getByRole('button', { name: 'Ingresar' }).click()
  await page.getByText('El correo, la contraseña o el código no coinciden.').waitFor()
})
