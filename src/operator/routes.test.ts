import { eq } from 'drizzle-orm'
import { Hono } from 'hono'
import { beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { createApp } from '#src/app.tsx'
import { auditLog, operatorRecoveryCodes, operatorSessions, operators } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import type { Services } from '#src/http/env.ts'
import { request } from '#src/http/request.ts'
import type { OperatorEnv } from '#src/operator/env.ts'
import { disableOperator, resetTotp } from '#src/operator/people/actions.ts'
import { requireOperator, requireTotp } from '#src/operator/session.tsx'
import { codeAt } from '#src/operator/totp.ts'
import { readyTenant, testDatabases, testPassword } from '../../tests/support/database.ts'
import { testApp, testServices } from '../../tests/support/http.ts'
import {
  operatorApp,
  operatorSession,
  type TestOperator,
  testOperator,
} from '../../tests/support/operator.ts'

let databases: Databases
let services: Services
let now: Date
let address = 1

beforeAll(async () => {
  databases = await testDatabases()
  const plain = testServices(databases)
  now = new Date()
  services = { ...plain, config: { ...plain.config, trustProxy: true }, clock: () => now }
})

type Typed = { email?: string; password?: string; codigo?: string; volver?: string }

/** Each from an address of its own: a test is about one limit at a time. */
function signIn(olga: TestOperator, typed: Typed, from = `10.77.0.${++address}`) {
  const form = { email: olga.email, password: testPassword, codigo: '000000', ...typed }
  return testApp(services).operator('/ingresar', { form, headers: { 'X-Forwarded-For': from } })
}
const cookieOf = (answer: Response) => answer.headers.getSetCookie().at(-1)?.split(';')[0] ?? ''

test('Olga enters with password and code, and comes to where she was going', async () => {
  const olga = await testOperator(services)
  const answer = await signIn(olga, { codigo: await olga.code(), volver: '/soporte?x=1' })
  expect(answer.status).toBe(303)
  expect(answer.headers.get('Location')).toBe('/soporte?x=1')
  const setCookie = answer.headers.getSetCookie().at(-1) ?? ''
  expect(setCookie).toMatch(/^smartket-operador=[\w-]{43}; .*HttpOnly; SameSite=Lax/)
  expect(setCookie).not.toMatch(/Domain/i)
  const inside = await testApp(services).operator('/soporte', {}, cookieOf(answer))
  expect(inside.status).toBe(200)
  const acts = await databases.admin.select().from(auditLog).where(eq(auditLog.operatorId, olga.id))
  expect(acts.map((row) => row.act)).toEqual(['operator.created', 'operator.signed-in'])
  expect(JSON.stringify(acts)).not.toContain(olga.secret)
})

test('the token is in no table, the secret only sealed, the recovery codes only hashed', async () => {
  const olga = await testOperator(services)
  const token = cookieOf(await signIn(olga, { codigo: await olga.code() })).split('=')[1]
  const all = JSON.stringify([
    await databases.admin.select().from(operators).where(eq(operators.id, olga.id)),
    await databases.admin.select().from(operatorSessions).where(eq(operatorSessions.operatorId, olga.id)),
    await databases.admin
      .select()
      .from(operatorRecoveryCodes)
      .where(eq(operatorRecoveryCodes.operatorId, olga.id)),
  ])
  for (const secret of [token, olga.secret, testPassword, ...olga.recoveryCodes]) {
    expect(secret).toBeTruthy()
    expect(all).not.toContain(secret)
    expect(all).not.toContain(secret?.replaceAll('-', ''))
  }
})

test('wrong e-mail, wrong password, wrong code and a used one get one answer and no cookie', async () => {
  const olga = await testOperator(services)
  const used = await olga.code()
  expect((await signIn(olga, { codigo: used })).status).toBe(303)
  const later = () => codeAt(olga.secret, new Date(now.getTime() + 30_000))
  const tries: Typed[] = [
    { codigo: used },
    { codigo: '000000' },
    { password: 'otra clave', codigo: later() },
    { email: 'nadie@smartket.test', codigo: later() },
    { codigo: 'ABCD-EFGH-JKMN-PQRS' },
  ]
  const answers = []
  for (const typed of tries) {
    const answer = await signIn(olga, typed)
    expect(answer.headers.getSetCookie()).toEqual([])
    answers.push([answer.status, (await answer.text()).replaceAll('nadie@smartket.test', olga.email)])
  }
  for (const answer of answers) expect(answer).toEqual(answers[0])
  expect(answers[0]?.[0]).toBe(422)
  expect(answers[0]?.[1]).toContain('El correo, la contraseña o el código no coinciden.')
  expect(answers[0]?.[1]).not.toContain(used)
  // The good code of the wrong password was not used up by it.
  expect((await signIn(olga, { codigo: later() })).status).toBe(303)
})

test('the password is hashed once whatever was wrong: nobody can tell by the time', async () => {
  const olga = await testOperator(services)
  const verified: (string | null)[] = []
  const hasher = {
    ...services.hasher,
    verify: async (password: string, encoded: string | null) => {
      verified.push(encoded)
      return services.hasher.verify(password, encoded)
    },
  }
  const app = testApp({ ...services, hasher })
  for (const typed of [{ email: 'nadie@smartket.test' }, { password: 'x' }, { codigo: '111111' }]) {
    const form = { email: olga.email, password: testPassword, codigo: '000000', ...typed }
    await app.operator('/ingresar', { form, headers: { 'X-Forwarded-For': `10.77.0.${++address}` } })
  }
  expect(verified.map((encoded) => encoded === null)).toEqual([true, false, false])
})

test('two requests with one code at the same moment: one enters', async () => {
  const olga = await testOperator(services)
  const codigo = await olga.code()
  const answers = await Promise.all([1, 2, 3, 4].map(() => signIn(olga, { codigo })))
  expect(answers.map((answer) => answer.status).sort()).toEqual([303, 422, 422, 422])
})

test('an older step than the last one used is not taken any more', async () => {
  const olga = await testOperator(services)
  expect((await signIn(olga, { codigo: await olga.code() })).status).toBe(303)
  const before = codeAt(olga.secret, new Date(now.getTime() - 30_000))
  expect((await signIn(olga, { codigo: before })).status).toBe(422)
})

test('a recovery code opens once', async () => {
  const olga = await testOperator(services)
  const codigo = olga.recoveryCodes[3] ?? ''
  expect((await signIn(olga, { codigo: codigo.toLowerCase() })).status).toBe(303)
  expect((await signIn(olga, { codigo })).status).toBe(422)
  const carlos = await testOperator(services)
  expect((await signIn(carlos, { codigo: olga.recoveryCodes[4] ?? '' })).status).toBe(422)
})

test.each([
  [{ email: 'no es un correo' }, 'Escribe tu correo completo.'],
  [{ password: '' }, 'Escribe tu contraseña.'],
  [{ codigo: '' }, 'Escribe el código de tu teléfono.'],
  [{ codigo: '9'.repeat(41) }, 'Escribe el código de tu teléfono.'],
])(
  'a form that cannot be right comes back with what was typed, without the password: %o',
  async (typed, text) => {
    const olga = await testOperator(services)
    const answer = await signIn(olga, typed)
    const page = await answer.text()
    expect(answer.status).toBe(422)
    expect(page).toContain(text)
    expect(page).not.toContain(testPassword)
  },
)

test('the limits by address and by account come before the hash', async () => {
  const olga = await testOperator(services)
  let hashes = 0
  const hasher = { ...services.hasher, verify: async () => ++hashes < 0 }
  const app = testApp({ ...services, hasher })
  const attempt = (email: string, from: string) => {
    const form = { email, password: 'x', codigo: '000000' }
    return app.operator('/ingresar', { form, headers: { 'X-Forwarded-For': from } })
  }
  for (let i = 0; i < 10; i++) expect((await attempt(olga.email, `10.78.0.${i}`)).status).toBe(422)
  const byAccount = await attempt(olga.email, '10.78.0.99')
  expect(byAccount.status).toBe(429)
  expect(Number(byAccount.headers.get('Retry-After'))).toBeGreaterThan(0)
  for (let i = 0; i < 20; i++) await attempt(`nadie${i}@smartket.test`, '10.79.0.1')
  const before = hashes
  expect((await attempt('nadie21@smartket.test', '10.79.0.1')).status).toBe(429)
  expect(hashes).toBe(before)
})

test('the console is shut for whoever is not an operator, an owner included', async () => {
  const rosa = await readyTenant()
  const app = testApp(services)
  const shut = await app.operator('/soporte?a=1')
  expect(shut.status).toBe(303)
  expect(shut.headers.get('Location')).toBe('/ingresar?volver=%2Fsoporte%3Fa%3D1')
  const asRosa = await app.as(rosa)
  const olga = await operatorApp(services)
  const ownersToken = /smartket=([\w-]+)/
  expect((await asRosa('/')).status).toBe(200)
  const { createSession } = await import('#src/http/session.ts')
  const token = await createSession(databases.admin, { userId: rosa.user.id, tenantId: rosa.tenant.id, now })
  for (const cookie of [`smartket=${token}`, `smartket-operador=${token}`, 'smartket-operador=x'])
    expect((await app.operator('/soporte', {}, cookie)).status).toBe(303)
  // Nor does the operator's session open a business.
  const operators = olga.cookie.split('=')[1]
  expect((await app.app('/productos', {}, `smartket=${operators}`)).status).toBe(303)
  expect(ownersToken.test(olga.cookie)).toBe(false)
})

test('a form from another origin is refused, the landing and the app included', async () => {
  const olga = await operatorApp(services)
  const { config } = services
  for (const origin of [config.appOrigin, config.landingOrigin, 'https://evil.example', 'null']) {
    const answer = await olga('/salir', {
      form: { a: '1' },
      headers: { Origin: origin, 'Sec-Fetch-Site': 'same-site' },
    })
    expect(answer.status).toBe(403)
  }
  expect((await olga('/soporte')).status).toBe(200)
})

test('half an hour without a click, or twelve hours in all, and she signs in again', async () => {
  const olga = await testOperator(services)
  const start = now
  const token = await operatorSession(databases, olga.id, start)
  const ask = () => testApp(services).operator('/soporte', {}, `smartket-operador=${token}`)
  const later = (minutes: number) => {
    now = new Date(start.getTime() + minutes * 60_000)
    return ask()
  }
  try {
    for (let minutes = 0; minutes < 12 * 60; minutes += 29) expect((await later(minutes)).status).toBe(200)
    expect((await later(12 * 60)).status).toBe(303)
    expect((await later(0)).status).toBe(303)
    const idle = await operatorSession(databases, olga.id, start)
    now = new Date(start.getTime() + 30 * 60_000)
    expect((await testApp(services).operator('/soporte', {}, `smartket-operador=${idle}`)).status).toBe(303)
  } finally {
    now = start
  }
})

test('«Salir» ends the session itself, not only the cookie', async () => {
  const olga = await operatorApp(services)
  const left = await olga('/salir', { form: {} as Record<string, string>, method: 'POST' })
  expect(left.status).toBe(303)
  expect(left.headers.getSetCookie().at(-1)).toMatch(/^smartket-operador=; Max-Age=0/)
  expect((await olga('/soporte')).status).toBe(303)
})

test('who is disabled is out at once, and a new secret puts everyone with the old one out', async () => {
  const olga = await operatorApp(services)
  expect(await disableOperator(databases.admin, olga.olga.email, now)).toEqual({ ok: true })
  expect((await olga('/soporte')).status).toBe(303)
  expect((await signIn(olga.olga, { codigo: await olga.olga.code() })).status).toBe(422)
  expect(await disableOperator(databases.admin, olga.olga.email, now)).toMatchObject({ ok: false })

  const berta = await operatorApp(services)
  const reset = await resetTotp(services, berta.olga.email, now)
  if (!reset.ok) throw new Error(reset.problem)
  expect((await berta('/soporte')).status).toBe(303)
  expect((await signIn(berta.olga, { codigo: await berta.olga.code() })).status).toBe(422)
  expect((await signIn(berta.olga, { codigo: berta.olga.recoveryCodes[0] ?? '' })).status).toBe(422)
  expect((await signIn(berta.olga, { codigo: codeAt(reset.secret, now) })).status).toBe(303)
})

/** One act behind the code, as a refund will be. */
function refundDesk() {
  const done: string[] = []
  const desk = new Hono<OperatorEnv>()
  desk.use(request(services) as never, requireOperator)
  desk.post('/devoluciones', async (c) => {
    const { reason } = z.object({ reason: z.string() }).parse(Object.fromEntries(await c.req.formData()))
    const asked = await requireTotp(c, 'Devolver el pago')
    if (asked) return asked
    done.push(reason)
    return c.text('done')
  })
  return { done, desk }
}

test('the code is asked again for one act, keeps what was typed, and lasts for that act only', async () => {
  const { olga, cookie } = await operatorApp(services)
  const { done, desk } = refundDesk()
  const post = (form: Record<string, string>) =>
    desk.request('http://operador.localhost:3000/devoluciones', {
      method: 'POST',
      headers: { Cookie: cookie },
      body: new URLSearchParams(form),
    })
  const reason = 'Pagó «dos veces» <b>'
  const asked = await post({ reason })
  const page = await asked.text()
  expect(asked.status).toBe(200)
  expect(page).toContain('action="/devoluciones"')
  expect(page).toContain('value="Pagó «dos veces» &lt;b&gt;"')
  expect(done).toEqual([])

  const wrong = await post({ reason, codigo: '000000' })
  expect(wrong.status).toBe(422)
  expect(await wrong.text()).toContain('value="Pagó «dos veces» &lt;b&gt;"')
  expect((await post({ reason, codigo: '' })).status).toBe(422)
  const codigo = await olga.code()
  expect(await (await post({ reason, codigo })).text()).toBe('done')
  expect((await post({ reason, codigo })).status).toBe(422)
  expect((await post({ reason })).status).toBe(200)
  expect(done).toEqual([reason])
})

test('of four presses with one code one is done, and guessing ends', async () => {
  const { olga, cookie } = await operatorApp(services)
  const { done, desk } = refundDesk()
  const post = (codigo: string) =>
    desk.request('http://operador.localhost:3000/devoluciones', {
      method: 'POST',
      headers: { Cookie: cookie },
      body: new URLSearchParams({ reason: 'x', codigo }),
    })
  const codigo = await olga.code()
  const answers = await Promise.all([1, 2, 3, 4].map(() => post(codigo)))
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 422, 422, 422])
  expect(done).toEqual(['x'])
  for (let guesses = 0; guesses < 6; guesses++) expect((await post('000000')).status).toBe(422)
  const last = await post(await olga.code())
  expect(last.status).toBe(429)
  expect(done).toEqual(['x'])
})

test('the console answers on its own host only', async () => {
  const server = createApp(services)
  const { config } = services
  const ask = (origin: string) =>
    server.request(`${origin}/soporte`, { headers: { Host: new URL(origin).host } })
  const { headers } = await ask(config.operatorOrigin)
  expect(headers.get('Content-Security-Policy')).toContain(`form-action 'self' ${config.appOrigin}`)
  expect((await ask(config.landingOrigin)).status).toBe(404)
})
