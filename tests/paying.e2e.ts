import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { refusePayment, settlePayment } from '#src/billing/payments/actions.ts'
import { listPayments } from '#src/billing/payments/queries.ts'
import type { AdminTx } from '#src/db/admin.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { app, openTill, register, setUp, sizes, test } from './support/journey.ts'
import { behind, standing } from './support/standing.ts'

for (const [device, viewport] of Object.entries({ phone: sizes.phone, counter: sizes.counter })) {
  test(`Rosa pays by Yape on a ${device} and is back at her order`, async ({ person }) => {
    const { page, context, problems } = await person({ viewport })
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await register(page)
    await setUp(page)
    await openTill(page)
    await page
      .getByRole('button', { name: /1\/4 pollo/ })
      .first()
      .click()
    await page.goto(`${app()}/plan?volver=${encodeURIComponent('/pos')}`)
    await page.getByRole('link', { name: 'Elegir Puesto' }).click()
    await page.getByText('Pagas Puesto: S/ 39.00 por un mes').waitFor()
    await page.getByRole('radio', { name: 'Boleta' }).check()
    await page.getByRole('button', { name: 'Seguir' }).click()
    await page.getByRole('heading', { name: 'Paga S/ 39.00 con Yape' }).waitFor()
    await page.getByRole('button', { name: 'Copiar: Yape' }).click()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('900000001')
    await page.getByLabel('N.º de operación').fill('0012 3456')
    await page.getByText('Agregar foto del pago').click()
    await page.getByLabel('Foto del pago').setInputFiles({
      name: 'captura.png',
      mimeType: 'image/png',
      buffer: await noisyPicture(page),
    })
    await page.getByRole('button', { name: 'Ya pagué' }).click()
    await page.getByRole('heading', { name: '¡Listo! Tu caja ya funciona.' }).waitFor()
    const path = await page.getByRole('link', { name: 'Ver la foto que enviaste' }).getAttribute('href')
    expect(await fetched(page, path ?? '')).toEqual({ type: 'image/webp', isSmall: true })
    await page.getByRole('link', { name: 'Volver a mi pedido' }).click()
    await page.waitForURL(`${app()}/pos`)
    await page
      .getByText(/15\.00/)
      .first()
      .waitFor()
    expect(problems).toEqual([])
  }, 120_000)
}

for (const [device, viewport] of Object.entries({ phone: sizes.phone, counter: sizes.counter })) {
  test(`refused, corrected, confirmed, and a larger plan, on a ${device}`, async ({ person }) => {
    const { page, problems } = await person({ viewport })
    const email = await register(page)
    await setUp(page)
    await standing(email, { trialStartedAt: new Date(Date.now() - 60 * 86_400_000) })
    await page.goto(`${app()}/plan/pagar?plan=PUESTO&periodo=mes`)
    expect(await faults(page)).toEqual([])
    await page.getByRole('button', { name: 'Seguir' }).click()
    await page.getByRole('heading', { name: 'Paga S/ 39.00 con Yape' }).waitFor()
    expect(await faults(page)).toEqual([])
    await page.getByRole('button', { name: 'Ya pagué' }).click()
    await page.getByText('Escribe el número de operación de tu pago.').waitFor()
    await page.getByLabel('N.º de operación').fill('1111')
    await page.getByRole('button', { name: 'Ya pagué' }).click()
    await page.getByRole('heading', { name: '¡Listo! Tu caja ya funciona.' }).waitFor()
    expect(await faults(page)).toEqual([])

    await decided(email, (tx, id, now) => refusePayment(tx, id, { operatorId: 1, reason: 'No figura.' }, now))
    await page.reload()
    await page.getByRole('heading', { name: 'No encontramos tu pago 1111' }).waitFor()
    expect(await faults(page)).toEqual([])
    await page.getByLabel('N.º de operación').fill('2222')
    await page.getByRole('button', { name: 'Avisar otra vez' }).click()
    // Its hours were lent once.
    await page.getByRole('heading', { name: 'Recibimos tu aviso' }).waitFor()
    await decided(email, (tx, id, now) => settlePayment(tx, id, { operatorId: 1 }, now))
    await page.reload()
    await page.getByRole('heading', { name: 'Pago confirmado' }).waitFor()
    await page.getByRole('link', { name: 'Ver constancia' }).click()
    await page.getByText('No es comprobante de pago').waitFor()
    expect(await faults(page)).toEqual([])

    await page.goto(`${app()}/plan`)
    await page.getByText('Tienes Puesto hasta el').waitFor()
    expect(await faults(page)).toEqual([])
    await page.getByRole('link', { name: 'Elegir Local' }).click()
    await page.getByText('Lo que te queda de Puesto').waitFor()
    await page.getByText('Pagas Local: S/ 30.00 por un mes').waitFor()
    expect(await faults(page)).toEqual([])

    await page.goto(`${app()}/plan`)
    await page.getByText('Cancelar mi plan').first().click()
    await page.getByRole('button', { name: 'Sí, cancelar mi plan' }).click()
    await page.getByText('Cancelaste tu plan: funciona hasta el').waitFor()
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Cancelaste tu plan')
    expect(await page.evaluate(() => window.scrollY)).toBe(0)
    expect(await page.locator('.button-primary').count()).toBe(0)
    expect(await faults(page)).toEqual([])
    await page.getByRole('button', { name: 'Deshacer' }).click()
    await page.getByText('Cancelar mi plan').first().waitFor()
    expect(problems).toEqual([])
  }, 120_000)
}

test('on a small phone «Seguir» and «Ya pagué» are in sight without scrolling', async ({ person }) => {
  const { page } = await person({ viewport: sizes.phone })
  await register(page)
  await setUp(page)
  await page.goto(`${app()}/plan/pagar?plan=LOCAL&periodo=mes`)
  expect(await fold(page, 'Seguir')).toBeLessThanOrEqual(0)
  await page.getByRole('button', { name: 'Seguir' }).click()
  await page.getByRole('heading', { name: 'Paga S/ 69.00 con Yape' }).waitFor()
  expect(await fold(page, 'Ya pagué')).toBeLessThanOrEqual(0)
}, 60_000)

test('paying works without a line of script', async ({ person }) => {
  const { page } = await person({ viewport: sizes.phone, javaScriptEnabled: false })
  await register(page)
  await page.goto(`${app()}/plan/pagar?plan=LOCAL&periodo=anual`)
  await page.getByRole('radio', { name: /Factura/ }).check()
  await page.getByLabel('RUC de la factura').fill('20100070971')
  await page.getByRole('button', { name: 'Seguir' }).click()
  await page.getByText('Ese RUC no es válido: revisa los números.').waitFor()
  await page.getByLabel('RUC de la factura').fill('20100070970')
  await page.getByLabel('Nombre legal').fill('Rosita S.A.C.')
  await page.getByRole('button', { name: 'Seguir' }).click()
  await page.getByRole('heading', { name: 'Paga S/ 690.00 con Yape' }).waitFor()
  expect(await page.getByRole('button', { name: /Copiar/ }).count()).toBe(0)
  await page.getByLabel('N.º de operación').fill('00998877')
  await page.getByRole('button', { name: 'Ya pagué' }).click()
  await page.getByRole('heading', { name: '¡Listo! Tu caja ya funciona.' }).waitFor()
}, 60_000)

/** How far a button ends below what is in sight at the top of the page: the navigation lies over the rest. */
const fold = (page: Page, name: string) =>
  page.getByRole('button', { name }).evaluate((button) => {
    const nav = document.querySelector('nav')?.getBoundingClientRect().top ?? window.innerHeight
    return Math.ceil(button.getBoundingClientRect().bottom + window.scrollY - nav)
  })

type Decision = (tx: AdminTx, paymentId: number, now: Date) => Promise<{ ok: boolean }>

/** What the operator's button does with her last payment. */
const decided = (email: string, decide: Decision) =>
  behind(email, async ({ admin }, tenant) => {
    const [last] = await listPayments(admin, tenant.id)
    if (!last) throw new Error('nothing was declared')
    expect(await inTransaction(admin, (tx) => decide(tx, last.id, new Date()))).toMatchObject({ ok: true })
  })

/** What axe calls serious or worse, and whether the page scrolls sideways. */
async function faults(page: Page) {
  const { violations } = await new AxeBuilder({ page: page as never }).analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  const isWide = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  )
  return [...serious.map(({ id }) => id), ...(isWide ? ['scrolls sideways'] : [])]
}

/** As the page itself gets it: only a browser knows the hosts under localhost. */
const fetched = (page: Page, path: string) =>
  page.evaluate(async (path) => {
    const answer = await fetch(path)
    const { byteLength } = await answer.arrayBuffer()
    return { type: answer.headers.get('Content-Type'), isSmall: byteLength > 0 && byteLength <= 200 * 1024 }
  }, path)

/** A screenshot of some megabytes, as a telephone sends it. */
async function noisyPicture(page: Page): Promise<Buffer> {
  const text = await page.evaluate(async () => {
    const canvas = document.createElement('canvas')
    canvas.width = 1000
    canvas.height = 1000
    const pen = canvas.getContext('2d')
    const pixels = pen?.createImageData(1000, 1000)
    if (!pen || !pixels) return ''
    for (let at = 0; at < pixels.data.length; at++)
      pixels.data[at] = at % 4 === 3 ? 255 : 200 + Math.random() * 40
    pen.putImageData(pixels, 0, 0)
    return canvas.toDataURL('image/png').split(',')[1] ?? ''
  })
  return Buffer.from(text, 'base64')
}
