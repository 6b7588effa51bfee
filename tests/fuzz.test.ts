import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { type ReadyTenant, readyTenant, testDatabases } from './support/database.ts'
import { testApp, testServices } from './support/http.ts'
import { cashierOf } from './support/people.ts'
import { everyDoor, filled } from './support/routes.ts'

// Requests that nobody would send, to every address there is, as nobody, as Rosa and as her cashier. Whatever they
// are, the answer is one of ours: never a 500, and it comes. `FUZZ_SEED=7 vitest run tests/fuzz.test.ts` looks elsewhere.

const seed = Number(process.env.FUZZ_SEED ?? 20_261_123)
const rounds = 8
const perRound = 2_600
const patienceMs = 20_000

let app: ReturnType<typeof testApp>
let rosa: ReadyTenant
let cookies: Record<'nobody' | 'rosa' | 'beto', () => Promise<string | undefined>>

beforeAll(async () => {
  const databases = await testDatabases()
  rosa = await readyTenant('Pollería Rosita')
  const beto = await cashierOf(databases, rosa)
  const plain = testServices(databases)
  app = testApp({ ...plain, config: { ...plain.config, trustProxy: true } })
  cookies = {
    nobody: async () => undefined,
    rosa: () => app.cookieOf(rosa),
    beto: () => app.cookieOf(beto),
  }
})

const nasty = [
  '',
  ' ',
  '0',
  '-1',
  '1e9',
  'NaN',
  '9'.repeat(30),
  '12,50',
  "'; drop table sales; --",
  '" or ""="',
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '%00',
  '\u0000',
  '\ud800',
  '👩‍🍳',
  'ñ'.repeat(300),
  'x'.repeat(5_000),
  '=1+1',
  '{"a":1}',
  '[]',
  'null',
  'true',
  '2026-02-30',
  '00000000-0000-4000-8000-000000000000',
  'rosa@example.com',
  '4294967296',
]
const text = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...nasty) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 400 }).map(String) },
  { weight: 1, arbitrary: fc.string({ maxLength: 40 }) },
)

/** The names that forms of ours have, so that many get past the first look. */
const names = [
  ...[
    'name',
    'price',
    'category_id',
    'request_key',
    'register_id',
    'float',
    'email',
    'password',
    'business',
    'q',
  ],
  ...[
    'id',
    'ids',
    'page',
    'antes',
    'orden',
    'estado',
    'plan',
    'period',
    'method',
    'reason',
    'pin',
    'role',
    'lines',
  ],
  ...[
    'payments',
    'requestKey',
    'registerId',
    'channel',
    'orderLabel',
    'quantity',
    'stock',
    'volver',
    'token',
    'ruc',
  ],
  ...[
    'operation',
    'document',
    'file',
    'sheet',
    'row',
    'field',
    'text',
    'accion',
    'kind',
    'caja',
    'grupo',
    'min',
    'max',
  ],
]
const name = fc.oneof(fc.constantFrom(...names), fc.string({ minLength: 1, maxLength: 8 }))
const fields = fc.dictionary(name, text, { maxKeys: 8 })
const anyJson = fc.oneof(
  fc.dictionary(name, fc.oneof(text, fc.jsonValue({ maxDepth: 3 })), { maxKeys: 8 }),
  fc.jsonValue({ maxDepth: 4 }),
  fc.record({
    requestKey: fc.oneof(fc.uuid(), text),
    registerId: fc.oneof(fc.nat(5), text),
    channel: fc.constantFrom('salon', 'llevar', 'luna'),
    orderLabel: fc.constantFrom('1', 'A47', '100', ''),
    lines: fc.array(
      fc.record({
        productId: fc.oneof(fc.nat(60), text),
        quantityThousandths: fc.oneof(fc.integer(), fc.double(), text),
        unitPriceCentimos: fc.oneof(fc.integer(), text),
      }),
      { maxLength: 4 },
    ),
    payments: fc.array(
      fc.record({ method: fc.constantFrom('efectivo', 'yape', 'luna'), amountCentimos: fc.integer() }),
      {
        maxLength: 3,
      },
    ),
  }),
)
const who = fc.constantFrom('nobody', 'rosa', 'rosa', 'beto' as const)
const attempts = fc.record({
  door: fc.constantFrom(...everyDoor),
  method: fc.option(fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'), { freq: 8 }),
  who,
  parameter: text,
  query: fc.option(fields, { freq: 2 }),
  body: fc.oneof(
    fields.map((form) => ({ kind: 'form' as const, form })),
    anyJson.map((json) => ({ kind: 'json' as const, json })),
    fields.map((form) => ({ kind: 'parts' as const, form })),
    fc.string({ maxLength: 200 }).map((raw) => ({ kind: 'raw' as const, raw })),
  ),
  isPartial: fc.boolean(),
  address: fc.ipV4(),
})
type Attempt = typeof attempts extends fc.Arbitrary<infer T> ? T : never

test.each(Array.from({ length: rounds }, (_, round) => round))(
  `round %i of ${perRound} requests gets an answer of ours to each`,
  async (round) => {
    const list = fc.sample(attempts, { numRuns: perRound, seed: seed + round })
    const held = { nobody: undefined, rosa: await cookies.rosa(), beto: await cookies.beto() }
    const wrong: string[] = []
    let next = 0
    const worker = async () => {
      for (let attempt = list[next++]; attempt; attempt = list[next++]) {
        const answer = await Promise.race([send(attempt, held[attempt.who]), late()])
        const status = typeof answer === 'string' ? answer : answer.status
        if (typeof status === 'string' || status >= 500) wrong.push(told(attempt, status))
        // Signed out by one of its own requests: the others of this round come in again.
        if (/\/salir|contrasena|password/.test(attempt.door.path) && attempt.who !== 'nobody')
          held[attempt.who] = await cookies[attempt.who]()
      }
    }
    await Promise.all(Array.from({ length: 6 }, worker))
    expect(wrong.slice(0, 5)).toEqual([])
    expect(next).toBeGreaterThanOrEqual(perRound)
  },
)

function late(): Promise<string> {
  return new Promise((resolve) => setTimeout(() => resolve('no answer'), patienceMs).unref())
}

async function send({ door, method, parameter, query, body, isPartial, address }: Attempt, cookie?: string) {
  const verb = method ?? door.method
  const path = filled(door.path, () => parameter.toWellFormed() || '1')
  const search = query ? `?${new URLSearchParams(wellFormed(query))}` : ''
  const carries = verb !== 'GET' && verb !== 'HEAD'
  const headers = {
    'X-Forwarded-For': address,
    ...(isPartial ? { 'HX-Request': 'true', Accept: 'text/html' } : {}),
    ...(carries && body.kind === 'raw' ? { 'Content-Type': 'application/json' } : {}),
  }
  const init = { method: verb, headers, ...(carries ? bodyOf(body) : {}) }
  const answer = await app[door.host](path + search, init, cookie)
  await answer.arrayBuffer()
  return answer
}

function bodyOf(body: Attempt['body']) {
  if (body.kind === 'form') return { form: wellFormed(body.form) }
  if (body.kind === 'json') return { json: body.json }
  if (body.kind === 'raw') return { body: body.raw.toWellFormed() }
  const parts = new FormData()
  for (const [key, value] of Object.entries(wellFormed(body.form))) parts.append(key, value)
  parts.append('archivo', new Blob([body.form.name ?? 'x']), 'carta.xlsx')
  return { body: parts }
}

const wellFormed = (form: Record<string, string>) =>
  Object.fromEntries(Object.entries(form).map(([key, value]) => [key.toWellFormed(), value.toWellFormed()]))

const told = ({ door, method, who, parameter, query, body }: Attempt, status: string | number) =>
  `${status}: ${method ?? door.method} ${door.host}${door.path} as ${who} with ${JSON.stringify({ parameter, query, body }).slice(0, 400)}`
