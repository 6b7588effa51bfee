import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { landing, operator, sizes, test } from './support/journey.ts'
import { signInAsOperator } from './support/operator-journey.ts'

async function faults(page: Page) {
  const { violations } = await new AxeBuilder({ page: page as never }).analyze()
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  )
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  return [...serious.map(({ id }) => `${page.url()}: ${id}`), ...(wide ? [`${page.url()} is too wide`] : [])]
}

test('Rosa complains without JavaScript, Olga answers, Rosa reads it where she left it', async ({
  person,
}) => {
  const name = `Rosa Quispe ${process.pid}`
  const rosa = await person({ viewport: sizes.phone, javaScriptEnabled: false })
  await rosa.page.goto(landing())
  await rosa.page.getByRole('link', { name: 'Libro de Reclamaciones' }).click()
  const type = (label: string | RegExp, text: string) => rosa.page.getByLabel(label).fill(text)
  await type('Nombre y apellidos', name)
  await type('Número', '4567')
  await type('Domicilio', 'Av. Grau 123, Lima')
  await type('Correo', `rosa-${process.pid}@example.com`)
  await type('Teléfono', '987 654 321')
  await type('Descripción', 'Plan Local')
  await type(/^Monto/, '69')
  await rosa.page.getByText('El malestar es por la atención').click()
  await type('Detalle', 'Pagué dos veces.')
  await type('Pedido', 'Que me devuelvan un pago.')
  await rosa.page.getByRole('button', { name: 'Registrar en el libro' }).click()
  await rosa.page.getByText('El DNI tiene 8 números.').waitFor()
  expect(await rosa.page.getByLabel('Detalle').inputValue()).toBe('Pagué dos veces.')
  await type('Número', '45678912')
  await rosa.page.getByRole('button', { name: 'Registrar en el libro' }).click()
  await rosa.page.getByRole('heading', { name: /Hoja de Reclamación N.º \d{4}-\d{6}/ }).waitFor()
  expect(await rosa.context.cookies()).toEqual([])

  const olga = await person()
  await signInAsOperator(olga.page, '/reclamos')
  await olga.page.getByRole('listitem').filter({ hasText: name }).getByRole('link').click()
  await olga.page.getByText('Quedan 15 días hábiles').waitFor()
  await olga.page.getByLabel('Respuesta').fill('Te devolvimos S/ 69.00 hoy.')
  expect(await faults(olga.page)).toEqual([])
  await olga.page.getByRole('button', { name: 'Enviar respuesta' }).click()
  await olga.page.getByText('Te devolvimos S/ 69.00 hoy.').waitFor()
  expect(await olga.page.getByRole('button', { name: 'Enviar respuesta' }).count()).toBe(0)

  await rosa.page.reload()
  await rosa.page.getByText('Te devolvimos S/ 69.00 hoy.').waitFor()
  expect([...rosa.problems, ...olga.problems]).toEqual([])
})

for (const [device, viewport] of Object.entries({ phone: sizes.phone, counter: sizes.counter })) {
  test(`the console's charts and lists are accessible, fit a ${device}, and pass the policy`, async ({
    person,
  }) => {
    const { page, problems } = await person({ viewport })
    await signInAsOperator(page, '/embudo')
    const found: string[] = []
    for (const path of ['/embudo', '/ingresos', '/tareas', '/reclamos']) {
      await page.goto(operator() + path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      found.push(...(await faults(page)))
    }
    expect(found).toEqual([])
    await page.goto(`${operator()}/embudo`)
    expect(await page.getByRole('img').count()).toBe(3)
    expect(await page.locator('.chart svg:visible').count()).toBe(3)
    expect(problems).toEqual([])
  })
}
