/** The private look-up services over HTTP (PERU.md, section 2). Each needs its own token; called from the server only. */

import type { RucAnswer, RucFound, RucLookup } from '#src/ruc/lookup.ts'

export type HttpRucService = 'decolecta' | 'apisnet' | 'apiperu'

type Options = { kind: HttpRucService; url: string; token: string; timeoutMs: number }
type Json = Record<string, unknown>
type Service = {
  path: (ruc: string) => string
  /** Statuses by which this service says that SUNAT does not know the RUC. */
  unknown: readonly number[]
  /** The answer in a 200; null: not what this service answers, so nothing is known. */
  read: (body: Json, ruc: string) => RucAnswer | null
}

/**
 * Asks one service. Only a clear answer is found or not found: any other status (a bad token, a used-up
 * quota), a time-out, a redirect, bad JSON or a found RUC without a name are «unavailable».
 */
export function httpRucProvider({ kind, url, token, timeoutMs }: Options): RucLookup {
  const service = services[kind]
  const base = url.replace(/\/+$/, '')
  return async (ruc) => {
    try {
      const response = await fetch(base + service.path(encodeURIComponent(ruc)), {
        headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      })
      if (service.unknown.includes(response.status)) {
        await response.body?.cancel()
        return { outcome: 'not-found' }
      }
      const body = await readJson(response)
      return (response.status === 200 && body && service.read(body, ruc)) || unavailable
    } catch {
      return unavailable // the network's own ways to fail; none of them says anything about the RUC
    }
  }
}

const unavailable: RucAnswer = { outcome: 'unavailable' }

const services: Record<HttpRucService, Service> = {
  decolecta: {
    path: (ruc) => `/v1/sunat/ruc?numero=${ruc}`,
    unknown: [422],
    read: (body, ruc) => found(ruc, body.razon_social, body, addressOf(body)),
  },
  apisnet: {
    path: (ruc) => `/v2/sunat/ruc?numero=${ruc}`,
    unknown: [404, 422],
    read: (body, ruc) => found(ruc, body.razonSocial, body, addressOf(body)),
  },
  apiperu: {
    path: (ruc) => `/api/ruc/${ruc}`,
    unknown: [],
    read: (body, ruc) => {
      if (body.success === false) return { outcome: 'not-found' }
      const data = isRecord(body.data) ? body.data : {}
      return found(ruc, data.nombre_o_razon_social, data, filled(data.direccion_completa))
    },
  },
}

function found(ruc: string, name: unknown, body: Json, address: string | null): RucAnswer | null {
  const legalName = filled(name)
  if (!legalName) return null
  const found: RucFound = {
    ruc,
    legalName: legalName.slice(0, 150),
    address: address?.slice(0, 200) ?? null,
    state: filled(body.estado)?.slice(0, 40) ?? '',
    condition: filled(body.condicion)?.slice(0, 40) ?? '',
  }
  return { outcome: 'found', found }
}

/** Some answers already end with the district. Without a street the places alone are no address. */
function addressOf({ direccion, distrito, provincia, departamento }: Json): string | null {
  const street = filled(direccion)
  if (!street) return null
  const places = [distrito, provincia, departamento].map(filled).filter((place) => place !== null)
  return places[0] && street.endsWith(places[0]) ? street : [street, ...places].join(', ')
}

const filled = (value: unknown) => {
  const text = typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : ''
  return /^-*$/.test(text) ? null : text
}

const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null

/** A real answer has less than 2 KB: whatever is larger is not one. */
const maxAnswerBytes = 65_536

async function readJson(response: Response): Promise<Json | null> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > maxAnswerBytes) return null
    chunks.push(chunk)
  }
  const value: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'))
  return isRecord(value) ? value : null
}
