import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import type { Env, Services } from '#src/http/env.ts'
import { testDatabases } from '../../tests/support/database.ts'
import { landing } from './routes.tsx'

const notaDeVenta =
  'SmartKet imprime notas de venta. Tus boletas y facturas las sigues emitiendo en SUNAT o con tu proveedor.'

async function site(looksUpRuc = false) {
  const databases = await testDatabases()
  const config = {
    landingOrigin: 'http://localhost:3000',
    appOrigin: 'http://app.localhost:3000',
    supportWhatsapp: null,
    company: null,
    payByHand: { yape: '987654321', plin: null, bankAccount: 'BCP 191' },
    mercadoPago: null,
  }
  const app = new Hono<Env>()
  app.use(async (c, next) => {
    c.set('services', { databases, config, canLookUpRuc: async () => looksUpRuc } as Services)
    c.set('now', new Date())
    await next()
  })
  return app.route('/', landing)
}

const read = async (path: string, looksUpRuc = false) => {
  const answer = await (await site(looksUpRuc)).request(path)
  const html = await answer.text()
  return { status: answer.status, html, words: html.replace(/<[^>]+>/g, '').replace(/\s+/g, ' ') }
}

describe('the owner of a pollería, before signing up', () => {
  test('reads what it is, what it costs and what it is not', async () => {
    const { status, html, words } = await read('/')
    expect(status).toBe(200)
    expect(words).toContain('La caja de tu pollería, lista esta noche.')
    expect(words).toContain('14 días gratis')
    expect(words).toContain('S/ 39 al mes')
    expect(words).toContain('20,000 productos')
    expect(words).toContain('La prueba dura 14 días o 100 ventas, lo que dure más, como máximo 45 días.')
    expect(words).toContain(notaDeVenta)
    expect(words).toContain('Tu Excel entra como está')
    expect(html.match(/<h1/g)).toHaveLength(1)
  })

  test('runs no script of ours on the first page', async () => {
    expect((await read('/')).html).not.toContain('<script')
  })

  test('is promised nothing that this release does not do', async () => {
    const { words } = await read('/')
    for (const waiting of [/cuadra/i, /se envían solas/i, /misma venta/i, /pollos quedan/i])
      expect(words).not.toMatch(waiting)
  })

  test('reads what comes after the trial, and pays with what is taken here', async () => {
    const { words } = await read('/')
    expect(words).toContain('tus datos quedan ahí y los puedes descargar.')
    expect(words).toContain('No. Pagas por mes con Yape o transferencia, y paras cuando quieras.')
    expect(words).toContain(
      'Tu negocio tiene su propia base de datos y una copia cada noche. Descárgalo todo cuando quieras, aunque no pagues.',
    )
  })

  test.each(['/', '/precios', '/registro', '/privacidad', '/terminos'])(
    'finds the Libro de Reclamaciones on %s',
    async (path) => {
      expect((await read(path)).html).toContain('href="http://localhost:3000/libro-de-reclamaciones"')
    },
  )

  test('is promised a search of her RUC only where there is a register to search in', async () => {
    const promised = 'con tu RUC buscamos tus datos'
    expect((await read('/', true)).words).toContain(promised)
    const { words } = await read('/')
    expect(words).not.toContain(promised)
    expect(words).toContain('Configura: tu RUC o Boleta Simple; creas tu local y tu caja.')
  })

  test('finds the prices, the privacy text and the terms', async () => {
    for (const [path, title] of [
      ['/precios', 'Todo incluido. Solo cambia el tamaño.'],
      ['/privacidad', 'Política de privacidad'],
      ['/terminos', 'Términos'],
    ] as const) {
      const { status, words } = await read(path)
      expect([path, status]).toEqual([path, 200])
      expect(words).toContain(title)
    }
  })

  test('signs up with a form that goes to the app, and carries no plan and no card', async () => {
    const { html } = await read('/registro')
    expect(html).toContain('action="http://app.localhost:3000/registro"')
    const fields = [...html.matchAll(/<(?:input|select)[^>]* name="([^"]+)"/g)].map(([, name]) => name)
    expect(fields).toEqual(['email', 'email_asked', 'password', 'business_name', 'rubro'])
  })
})
