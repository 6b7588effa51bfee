import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { type HttpRucService, httpRucProvider } from './http-provider.ts'

const ruc = '20131312955'
const unavailable = { outcome: 'unavailable' }
const kinds: HttpRucService[] = ['decolecta', 'apisnet', 'apiperu']

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
  server = undefined
})

/** A service on this machine that answers as it is told. */
async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function ask(kind: HttpRucService, listener: RequestListener, timeoutMs = 5000) {
  const url = await serve(listener)
  return httpRucProvider({ kind, url, token: 'secreto', timeoutMs })(ruc)
}

const json =
  (status: number, body: unknown): RequestListener =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }

const place = { distrito: 'LIMA', provincia: 'LIMA', departamento: 'LIMA', ubigeo: '150101' }
const bodies = {
  decolecta: {
    razon_social: 'SUNAT',
    numero_documento: ruc,
    estado: 'ACTIVO',
    condicion: 'HABIDO',
    direccion: 'AV. GARCILASO DE LA VEGA NRO. 1472',
    ...place,
  },
  apisnet: {
    razonSocial: 'SUNAT',
    numeroDocumento: ruc,
    estado: 'ACTIVO',
    condicion: 'HABIDO',
    direccion: 'AV. GARCILASO DE LA VEGA NRO. 1472 LIMA LIMA LIMA',
    ...place,
  },
  apiperu: {
    success: true,
    data: {
      nombre_o_razon_social: 'SUNAT',
      estado: 'ACTIVO',
      condicion: 'HABIDO',
      direccion_completa: 'AV. GARCILASO DE LA VEGA NRO. 1472, LIMA - LIMA - LIMA',
      ubigeo_sunat: '150101',
    },
  },
}

describe('each service is asked in its own way, with the token', () => {
  test.each([
    ['decolecta', `/v1/sunat/ruc?numero=${ruc}`, 'AV. GARCILASO DE LA VEGA NRO. 1472, LIMA, LIMA, LIMA'],
    ['apisnet', `/v2/sunat/ruc?numero=${ruc}`, 'AV. GARCILASO DE LA VEGA NRO. 1472 LIMA LIMA LIMA'],
    ['apiperu', `/api/ruc/${ruc}`, 'AV. GARCILASO DE LA VEGA NRO. 1472, LIMA - LIMA - LIMA'],
  ] as const)('%s', async (kind, path, address) => {
    const asked: IncomingMessage[] = []
    const answer = await ask(kind, (request, response) => {
      asked.push(request)
      json(200, bodies[kind])(request, response)
    })
    expect(answer).toEqual({
      outcome: 'found',
      found: { ruc, legalName: 'SUNAT', address, state: 'ACTIVO', condition: 'HABIDO' },
    })
    expect(asked.map((request) => [request.method, request.url, request.headers.authorization])).toEqual([
      ['GET', path, 'Bearer secreto'],
    ])
  })

  test('a base address with a slash at its end is the same', async () => {
    const url = await serve(json(200, bodies.decolecta))
    const provider = httpRucProvider({ kind: 'decolecta', url: `${url}/`, token: 't', timeoutMs: 5000 })
    expect(await provider(ruc)).toMatchObject({ outcome: 'found' })
  })

  test('a natural person has no address, whatever its places say', async () => {
    const person = { ...bodies.decolecta, razon_social: ' QUISPE  MAMANI ROSA ', direccion: '-' }
    expect(await ask('decolecta', json(200, person))).toMatchObject({
      found: { legalName: 'QUISPE MAMANI ROSA', address: null },
    })
  })
})

describe('a RUC that SUNAT does not know', () => {
  test.each([
    ['decolecta', 422, { message: 'ruc no valido' }],
    ['apisnet', 404, { message: 'not found' }],
    ['apisnet', 422, 'not even JSON'],
    ['apiperu', 200, { success: false, message: 'No se encontraron resultados.' }],
  ] as const)('%s says so with %i', async (kind, status, body) => {
    expect(await ask(kind, json(status, body))).toEqual({ outcome: 'not-found' })
  })
})

describe('unavailable, and Rosa types her data', () => {
  const failures: [string, RequestListener][] = [
    ['the service is broken', json(500, { message: 'boom' })],
    ['the token is wrong', json(401, { success: false })],
    ['the quota is used up', json(429, { success: false })],
    ['it is not for us', json(403, {})],
    ['it answers a page', json(200, '<!doctype html><p>Mantenimiento</p>')],
    ['it answers half of its JSON', json(200, '{"razon_social":"SUN')],
    ['it answers null', json(200, 'null')],
    ['it answers a list', json(200, [])],
    [
      'it answers without a name',
      json(200, { estado: 'ACTIVO', razon_social: '', razonSocial: '-', data: {} }),
    ],
    [
      'the name is no text',
      json(200, { razon_social: 7, razonSocial: {}, data: { nombre_o_razon_social: [] } }),
    ],
    ['it answers 204', (_, response) => response.writeHead(204).end()],
    ['it answers another success', json(202, bodies.decolecta)],
    [
      'it sends us elsewhere with our token',
      (_, response) => response.writeHead(302, { location: '/x' }).end(),
    ],
    ['it hangs up', (request) => request.socket.destroy()],
    ['it answers for ever', (_, response) => void response.write(`{"razon_social":"${'A'.repeat(100_000)}`)],
  ]
  for (const kind of kinds)
    test.each(failures)(`${kind}: %s`, async (_what, listener) => {
      expect(await ask(kind, listener)).toEqual(unavailable)
    })

  test.each(kinds)('%s does not know the meaning of 404 or 422 that another service has', async (kind) => {
    const status = { decolecta: 404, apisnet: 410, apiperu: 422 }[kind]
    expect(await ask(kind, json(status, { success: false }))).toEqual(unavailable)
  })

  test('it never answers, or stops in the middle of its answer', async () => {
    expect(await ask('decolecta', () => {}, 100)).toEqual(unavailable)
    server?.closeAllConnections()
    const half: RequestListener = (_, response) => void response.writeHead(200).write('{"razon_social":')
    expect(await ask('decolecta', half, 100)).toEqual(unavailable)
  })

  test('there is nobody at that address, or it is no address', async () => {
    const url = await serve(() => {})
    server?.close()
    for (const nowhere of [url, 'http://256.0.0.1', 'no es una dirección'])
      expect(
        await httpRucProvider({ kind: 'apisnet', url: nowhere, token: 't', timeoutMs: 2000 })(ruc),
      ).toEqual(unavailable)
  })
})
