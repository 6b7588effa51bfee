import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { createApp } from '#src/app.tsx'
import { readConfig } from '#src/config.ts'
import type { Databases } from '#src/db/databases.ts'
import type { Services } from '#src/http/env.ts'
import { createHasher } from '#src/http/hashing.ts'
import { createSession } from '#src/http/session.ts'

let folder: string | undefined

/** One folder a process: the key in it is made once, and it goes with the process. */
function dataFolder(): string {
  if (folder) return folder
  const made = mkdtempSync(join(tmpdir(), 'sk-'))
  folder = made
  process.once('exit', () => rmSync(made, { recursive: true, force: true }))
  return made
}

export type SentMail = { kind: string; to: string; subject: string; text: string }

/** Everything that a process has, over the databases of this run; `overrides` replaces what a test is about. */
export function testServices(databases: Databases, overrides: Partial<Services> = {}): Services {
  const read = readConfig({ SMARTKET_DATA: dataFolder(), SMARTKET_LOG_LEVEL: 'silent' })
  if (!read.ok) throw new Error(read.problems.join(' '))
  return {
    config: read.config,
    databases,
    log: pino({ level: 'silent' }),
    clock: () => new Date(),
    mailer: { send: async () => undefined } as unknown as Services['mailer'],
    rucLookup: async () => ({ outcome: 'unavailable' }),
    canLookUpRuc: async () => true,
    hasher: createHasher({ pepper: randomBytes(32) }),
    ...overrides,
  }
}

type Init = {
  method?: string
  form?: Record<string, string>
  json?: unknown
  body?: BodyInit
  headers?: Record<string, string>
}

/** The whole app, asked by host and path as a browser would: same-origin, with the cookie of `as`. */
export function testApp(services: Services) {
  const server = createApp(services)
  const request =
    (origin: string) =>
    async (path: string, init: Init = {}, cookie?: string) => {
      const { form, json, headers = {}, ...rest } = init
      const body = form ? new URLSearchParams(form) : json !== undefined ? JSON.stringify(json) : init.body
      return server.request(origin + path, {
        ...rest,
        method: init.method ?? (body ? 'POST' : 'GET'),
        headers: {
          Host: new URL(origin).host,
          ...(init.method === 'GET' || !body ? {} : { Origin: origin, 'Sec-Fetch-Site': 'same-origin' }),
          ...(json !== undefined ? { 'Content-Type': 'application/json', Accept: 'application/json' } : {}),
          ...(cookie ? { Cookie: cookie } : {}),
          ...headers,
        },
        ...(body ? { body } : {}),
      })
    }
  const app = request(services.config.appOrigin)
  const cookieOf = async (who: { tenant: { id: number }; user: { id: number } }) => {
    const session = { userId: who.user.id, tenantId: who.tenant.id, now: services.clock() }
    return `smartket=${await createSession(services.databases.admin, session)}`
  }
  return {
    server,
    landing: request(services.config.landingOrigin),
    /** The operator's console; signed in: tests/support/operator.ts. */
    operator: request(services.config.operatorOrigin),
    app,
    /** The cookie of a new session of this person. */
    cookieOf,
    /** A person signed in to a business: the same requests, with a session of her own. */
    async as(who: { tenant: { id: number }; user: { id: number } }) {
      const cookie = await cookieOf(who)
      return (path: string, init: Init = {}) => app(path, init, cookie)
    },
  }
}
