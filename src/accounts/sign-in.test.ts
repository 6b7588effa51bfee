import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, inject, test, vi } from 'vitest'
import { users } from '#src/db/admin-schema.ts'
import { openDatabases } from '#src/db/databases.ts'
import { createHasher } from '#src/http/hashing.ts'
import {
  type TestTenant,
  testDatabases,
  testMasterKey,
  testPassword,
  testTenant,
} from '../../tests/support/database.ts'
import { appWithMail, browserOf, coOwner, freshEmail } from '../../tests/support/person.ts'

let shop: ReturnType<typeof appWithMail>
let rosa: TestTenant

beforeAll(async () => {
  shop = appWithMail(await testDatabases())
  rosa = await testTenant('Pollería Rosita')
})

const newRosa = () => coOwner(shop.services.databases, rosa)

const enter = (form: Record<string, string>, browser = browserOf(shop.app)) => browser('/ingresar', { form })

describe('Rosa signs in', () => {
  test('with her e-mail and password, and out again', async () => {
    const browser = browserOf(shop.app)
    const answer = await enter({ email: rosa.user.email, password: testPassword }, browser)
    expect(answer.status).toBe(303)
    expect(answer.headers.get('Location')).toBe('/')
    expect((await browser('/cuenta')).status).toBe(200)
    const left = await browser('/salir', { method: 'POST', form: {} })
    expect(left.headers.get('Location')).toBe('/ingresar')
    expect((await browser('/cuenta')).headers.get('Location')).toBe('/ingresar?volver=%2Fcuenta')
  })

  test('and stands where she wanted to go, never on another site', async () => {
    const form = { email: rosa.user.email.toUpperCase(), password: testPassword }
    const to = async (volver: string) => (await enter({ ...form, volver })).headers.get('Location')
    expect(await to('/productos?q=pollo')).toBe('/productos?q=pollo')
    expect(await to('https://evil.example/')).toBe('/')
    expect(await to('//evil.example')).toBe('/')
  })

  test('once inside, the sign-in page leads on', async () => {
    const browser = browserOf(shop.app)
    await enter({ email: rosa.user.email, password: testPassword }, browser)
    expect((await browser('/ingresar?volver=/cuenta')).headers.get('Location')).toBe('/cuenta')
  })

  test('with a hash of weaker parameters, which is then made again', async () => {
    const weak =
      '$argon2id$v=19$m=1024,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
    const { user } = await newRosa()
    const { admin } = shop.services.databases
    await admin.update(users).set({ passwordHash: weak }).where(eq(users.id, user.id))
    const hasher = { ...createHasher({ pepper: testMasterKey }), verify: async () => true }
    const lax = appWithMail(shop.services.databases, { hasher })
    expect((await enter({ email: user.email, password: testPassword }, browserOf(lax.app))).status).toBe(303)
    const [row] = await admin.select().from(users).where(eq(users.id, user.id))
    expect(row?.passwordHash).toContain('$m=19456,t=2,p=1$')
  })
})

describe('who does not know the password', () => {
  const page = async (email: string) => {
    const answer = await enter({ email, password: 'pollo al horno' })
    return { status: answer.status, body: (await answer.text()).replaceAll(email, '') }
  }

  test('reads the same page whether the account exists or not', async () => {
    const known = await page(rosa.user.email)
    expect(known.status).toBe(422)
    expect(known.body).toContain('El correo o la contraseña no coinciden.')
    expect(await page(freshEmail('nadie'))).toEqual(known)
  })

  test('costs the same work whether the account exists or not', async () => {
    const hasher = createHasher({ pepper: testMasterKey })
    const verify = vi.spyOn(hasher, 'verify')
    const watched = appWithMail(shop.services.databases, { hasher })
    await enter({ email: freshEmail('nadie'), password: 'pollo al horno' }, browserOf(watched.app))
    expect(verify).toHaveBeenCalledExactlyOnceWith('pollo al horno', null)
  })

  test('is not let in by an address that only looks like hers', async () => {
    const answer = await enter({ email: rosa.user.email.replace('rosa', 'rosá'), password: testPassword })
    expect(answer.status).toBe(422)
  })

  test('never sees the password come back', async () => {
    const answer = await enter({ email: rosa.user.email, password: 'secreto de Carla' })
    expect(await answer.text()).not.toContain('secreto de Carla')
  })

  test.each([{ email: '', password: '' }, { email: 'rosa', password: 'x' }, {}])(
    '%o is a 422',
    async (form) => {
      expect((await enter(form as Record<string, string>)).status).toBe(422)
    },
  )
})

describe('too many tries', () => {
  const sentence = 'Demasiados intentos. Prueba en 5 minutos o recupera tu contraseña.'

  test('the eleventh at one account waits, from wherever it comes, even with the right password', async () => {
    const { user } = await newRosa()
    for (let i = 0; i < 10; i++) {
      expect((await enter({ email: user.email, password: `frase ${i}` })).status).toBe(422)
    }
    const answer = await enter({ email: user.email, password: testPassword })
    expect(answer.status).toBe(429)
    expect(Number(answer.headers.get('Retry-After'))).toBeLessThanOrEqual(300)
    expect(await answer.text()).toContain(sentence)
  })

  test('nothing is hashed for it, and another process counts on', async () => {
    const { user } = await newRosa()
    for (let i = 0; i < 10; i++) await enter({ email: user.email, password: `frase ${i}` })
    const other = await openDatabases({
      server: inject('testServer'),
      masterKey: testMasterKey,
      connections: 4,
    })
    const hasher = createHasher({ pepper: testMasterKey })
    const verify = vi.spyOn(hasher, 'verify')
    const restarted = appWithMail(other, { hasher })
    const answer = await enter({ email: user.email, password: testPassword }, browserOf(restarted.app))
    await other.close()
    expect(answer.status).toBe(429)
    expect(verify).not.toHaveBeenCalled()
  })

  test('the fifty-first from one address waits, whichever accounts it tried', async () => {
    const { services } = shop
    const hasher = { ...services.hasher, verify: async () => false }
    const quick = browserOf(appWithMail(services.databases, { hasher }).app)
    for (let i = 0; i < 50; i++) await enter({ email: freshEmail('x'), password: 'frase' }, quick)
    expect((await enter({ email: freshEmail('x'), password: 'frase' }, quick)).status).toBe(429)
  })

  test('more people than can be hashed at once: the rest is told to come back', async () => {
    const hasher = createHasher({ pepper: testMasterKey, atOnce: 1, queue: 1 })
    const crowded = appWithMail(shop.services.databases, { hasher })
    const answers = await Promise.all(
      Array.from({ length: 6 }, () =>
        enter({ email: freshEmail('x'), password: 'frase' }, browserOf(crowded.app)),
      ),
    )
    const refused = answers.filter((answer) => answer.status === 429)
    expect(refused.length).toBeGreaterThan(0)
    expect(refused[0]?.headers.get('Retry-After')).toBe('2')
  })
})

test('a form from another site is refused', async () => {
  const answer = await browserOf(shop.app)('/ingresar', {
    form: { email: rosa.user.email, password: testPassword },
    headers: { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' },
  })
  expect(answer.status).toBe(403)
})
