import { describe, expect, it } from 'vitest'
import { emptyOrder } from '#src/sales/order.ts'
import { bodyOf, charge, judge } from './charge.ts'

const sale = { id: 12, number: 'NV01-000118' }

describe('what is known after charging', () => {
  it('is a sale only when our server says so', () => {
    expect(judge(200, { ok: true, sale, ticketHtml: '<article></article>' }).kind).toBe('charged')
    expect(judge(200, { ok: true }).kind).toBe('unknown')
    expect(judge(200, null).kind).toBe('unknown')
  })

  it('is a refusal only with a reason of ours', () => {
    expect(judge(422, { ok: false, problem: 'not-enough-cash', text: 'Faltan S/ 3.50.' })).toMatchObject({
      kind: 'refused',
      refusal: { problem: 'not-enough-cash', text: 'Faltan S/ 3.50.', lines: [], dueCentimos: null },
    })
    expect(judge(409, '<html>').kind).toBe('unknown')
  })

  it('is unknown after an error of the server or of something in between', () => {
    expect(judge(500, { ok: false, problem: 'x' }).kind).toBe('unknown')
    expect(judge(502, null).kind).toBe('unknown')
    expect(judge(0, null).kind).toBe('unknown')
  })

  it('is nothing when another business has entered', () => {
    const said = { ok: false, problem: 'other-business', text: 'Aquí entró otro negocio.' }
    expect(judge(409, said)).toEqual({ kind: 'other-business' })
  })

  it('is nothing while the business is being updated: the order stays here', () => {
    const said = {
      ok: false,
      problem: 'updating',
      text: 'Estamos actualizando tu negocio, vuelve en un minuto.',
    }
    expect(judge(503, said)).toEqual({ kind: 'updating', text: said.text })
    expect(judge(503, { ok: false, problem: 'busy' }).kind).toBe('unknown')
  })

  it('is nothing when nobody is signed in', () => {
    expect(judge(401, null).kind).toBe('signed-out')
  })

  it('is unknown when the line goes down in the middle', async () => {
    const noLine = () => Promise.reject(new TypeError('network'))
    expect(await charge('/pos/ventas', '{}', noLine)).toEqual({ kind: 'unknown' })
  })

  it('sends the body as it stands, so that a second try is the same sale', async () => {
    const sent: unknown[] = []
    const fetcher: typeof fetch = async (_, init) => {
      sent.push(init?.body)
      return Response.json({ ok: true, sale, ticketHtml: '<article></article>' })
    }
    await charge('/pos/ventas', '{"requestKey":"k"}', fetcher)
    await charge('/pos/ventas', '{"requestKey":"k"}', fetcher)
    expect(sent).toEqual(['{"requestKey":"k"}', '{"requestKey":"k"}'])
  })
})

it('says whose till it is', () => {
  const till = { registerId: 1, letter: 'A', version: '9f1c1c7e-12' }
  expect(bodyOf(emptyOrder(47), till, [])).toMatchObject({ business: '9f1c1c7e', orderLabel: 'A47' })
})
