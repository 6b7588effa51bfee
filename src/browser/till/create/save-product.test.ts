import { expect, test } from 'vitest'
import { failedText, saveProduct } from './save-product.ts'

const product = { name: 'Chicha 1 L', price: '10', barcode: '' }
const answering = (status: number, body: unknown) => async () =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })

test('a limit of the plan comes with its way out', async () => {
  const way = { href: '/plan', label: 'Ver planes' }
  const errors = { form: 'Tu plan Puesto llega a 500 productos.' }
  expect(await saveProduct(product, answering(422, { ok: false, errors, way }))).toEqual({
    ok: false,
    errors,
    way,
  })
})

test('a wrong price has none', async () => {
  const errors = { price: 'Escribe un precio, por ejemplo 12.50.' }
  expect(await saveProduct(product, answering(422, { ok: false, errors }))).toEqual({
    ok: false,
    errors,
    way: null,
  })
})

test('an answer that is not ours says that nothing is known', async () => {
  expect(await saveProduct(product, answering(502, {}))).toEqual({ ok: false, errors: { form: failedText } })
})
