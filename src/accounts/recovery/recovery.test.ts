import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { openReset, resetPassword } from '#src/accounts/recovery/actions.ts'
import type { AdminDb } from '#src/db/admin.ts'
import { passwordResets, users } from '#src/db/admin-schema.ts'
import { sales } from '#src/db/tenant-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { createSession } from '#src/http/session.ts'
import { charge } from '#src/sales/actions.ts'
import {
  readyTenant,
  type TestTenant,
  testDatabases,
  testPassword,
  testTenant,
} from '../../../tests/support/database.ts'
import { gate, untilWaiting } from '../../../tests/support/locks.ts'
import { appWithMail, browserOf, coOwner, freshEmail, linkIn } from '../../../tests/support/person.ts'
import { monday, openShop, order } from '../../../tests/support/till.ts'

let shop: ReturnType<typeof appWithMail>
let first: TestTenant

beforeAll(async () => {
  shop = appWithMail(await testDatabases())
  first = await testTenant('Pollería Rosita')
})

const newRosa = () => coOwner(shop.services.databases, first)

const ask = (email: string, browser = browserOf(shop.app)) => browser('/recuperar', { form: { email } })
const confirm = ({ user }: TestTenant) =>
  shop.services.databases.admin
    .update(users)
    .set({ emailConfirmedAt: new Date() })
    .where(eq(users.id, user.id))

async function linkFor(rosa: TestTenant) {
  await ask(rosa.user.email)
  return linkIn((await shop.mailsTo(rosa.user.email)).at(-1))
}
const newPassword = 'anticucho con papa dorada'

describe('Rosa forgot her password', () => {
  test('asks for a link, chooses another and stands inside', async () => {
    const rosa = await newRosa()
    const link = await linkFor(rosa)
    const browser = browserOf(shop.app)
    const page = await browser(link)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('Elige tu contraseña nueva')
    const answer = await browser(link, { form: { password: newPassword } })
    expect(answer.headers.get('Location')).toBe('/')
    expect((await browser('/cuenta')).status).toBe(200)
    const enter = (password: string) =>
      browserOf(shop.app)('/ingresar', { form: { email: rosa.user.email, password } })
    expect((await enter(newPassword)).status).toBe(303)
    expect((await enter(testPassword)).status).toBe(422)
  })

  test('every other session ends: whoever sat at her till is out', async () => {
    const rosa = await newRosa()
    const old = await shop.app.as(rosa)
    expect((await old('/cuenta')).status).toBe(200)
    await browserOf(shop.app)(await linkFor(rosa), { form: { password: newPassword } })
    expect((await old('/cuenta')).status).toBe(303)
  })

  test('a link works once, and ends all the others', async () => {
    const rosa = await newRosa()
    const [first, second] = [await linkFor(rosa), await linkFor(rosa)]
    expect((await browserOf(shop.app)(first, { form: { password: newPassword } })).status).toBe(303)
    for (const link of [first, second]) {
      expect((await browserOf(shop.app)(link)).status).toBe(404)
      const again = await browserOf(shop.app)(link, { form: { password: 'una frase cualquiera' } })
      expect(again.status).toBe(404)
      expect(await again.text()).toContain('Este enlace ya se usó o venció. Pide otro.')
    }
  })

  test('two presses at once change it once', async () => {
    const rosa = await newRosa()
    const link = await linkFor(rosa)
    const answers = await Promise.all(
      ['una frase larga', 'otra frase larga'].map((password) =>
        browserOf(shop.app)(link, { form: { password } }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 404])
  })

  test('a link is good for one hour', async () => {
    const rosa = await newRosa()
    const link = await linkFor(rosa)
    const at = (minutes: number) => {
      const clock = () => new Date(Date.now() + minutes * 60_000)
      return browserOf(appWithMail(shop.services.databases, { clock }).app)
    }
    expect((await at(59)(link)).status).toBe(200)
    expect((await at(61)(link)).status).toBe(404)
    expect((await at(61)(link, { form: { password: newPassword } })).status).toBe(404)
  })

  test('looking at the link changes nothing', async () => {
    const rosa = await newRosa()
    const link = await linkFor(rosa)
    for (let i = 0; i < 3; i++) expect((await browserOf(shop.app)(link)).status).toBe(200)
  })

  test.each(['corta', 'contraseña1', ''])(
    '«%s» is refused as at sign-up, and the link stays good',
    async (bad) => {
      const rosa = await newRosa()
      const link = await linkFor(rosa)
      const answer = await browserOf(shop.app)(link, { form: { password: bad } })
      expect(answer.status).toBe(422)
      expect(await answer.text()).toContain('aria-invalid="true"')
      expect((await browserOf(shop.app)(link, { form: { password: newPassword } })).status).toBe(303)
    },
  )

  test('the link proves the address', async () => {
    const rosa = await newRosa()
    await browserOf(shop.app)(await linkFor(rosa), { form: { password: newPassword } })
    const { admin } = shop.services.databases
    const [user] = await admin.select().from(users).where(eq(users.id, rosa.user.id))
    expect(user?.emailConfirmedAt).not.toBeNull()
  })

  test('the database keeps only the SHA-256 of a link', async () => {
    const rosa = await newRosa()
    const token = (await linkFor(rosa)).split('/').at(-1)
    const rows = await shop.services.databases.admin
      .select()
      .from(passwordResets)
      .where(eq(passwordResets.userId, rosa.user.id))
    expect(rows).toHaveLength(1)
    expect(rows[0]?.tokenHash).not.toBe(token)
  })
})

describe('an address that is corrected while a link is made', () => {
  const correct = ({ user }: TestTenant, email: string) => ({
    change: (db: Pick<AdminDb, 'update'>) => db.update(users).set({ email }).where(eq(users.id, user.id)),
    email,
  })

  test('gets no link any more: it may be a stranger’s', async () => {
    const rosa = await newRosa()
    const { admin } = shop.services.databases
    const [isWritten, isAsked] = [gate(), gate()]
    const correction = inTransaction(admin, async (tx) => {
      await correct(rosa, freshEmail()).change(tx)
      await tx.delete(passwordResets).where(eq(passwordResets.userId, rosa.user.id))
      isWritten.open()
      await isAsked.opened
      return { ok: true }
    })
    await isWritten.opened
    const link = openReset(shop.services, rosa.user.email, new Date())
    await untilWaiting(shop.services.databases, `%users%${rosa.user.id}%`)
    isAsked.open()
    await correction
    expect(await link).toBeNull()
    expect(await admin.$count(passwordResets, eq(passwordResets.userId, rosa.user.id))).toBe(0)
  })

  test.each([() => freshEmail(), (old: string) => old.replace('rosa', 'rosá')])(
    'makes the link to the old one worthless, also one that slipped through',
    async (next) => {
      const rosa = await newRosa()
      const link = await linkFor(rosa)
      await correct(rosa, next(rosa.user.email)).change(shop.services.databases.admin)
      const browser = browserOf(shop.app)
      expect((await browser(link)).status).toBe(404)
      expect((await browser(link, { form: { password: newPassword } })).status).toBe(404)
    },
  )

  test('while the new password is being hashed ends the link too', async () => {
    const rosa = await newRosa()
    const token = (await linkFor(rosa)).split('/').at(-1) ?? ''
    const { services } = shop
    const hasher = {
      ...services.hasher,
      hash: async (password: string) => {
        await correct(rosa, freshEmail()).change(services.databases.admin)
        return services.hasher.hash(password)
      },
    }
    const done = await resetPassword({ ...services, hasher }, { token, password: newPassword }, new Date())
    expect(done).toEqual({ ok: false, problem: 'link-over' })
  })
})

describe('what the page tells', () => {
  test('is the same for an address with an account and for one without', async () => {
    const rosa = await newRosa()
    const answerTo = async (email: string) => {
      const browser = browserOf(shop.app)
      const answer = await ask(email, browser)
      const next = await browser(answer.headers.get('Location') ?? '')
      return [answer.status, answer.headers.get('Location'), await next.text()]
    }
    const nobody = freshEmail('nadie')
    expect(await answerTo(nobody)).toEqual(await answerTo(rosa.user.email))
    expect(await shop.mailsTo(nobody)).toEqual([])
    expect(await shop.mailsTo(rosa.user.email)).toHaveLength(1)
  })

  test('an address that only looks like hers gets nothing', async () => {
    const rosa = await newRosa()
    const alike = rosa.user.email.replace('rosa', 'rosá')
    expect((await ask(alike)).status).toBe(303)
    expect(await shop.mailsTo(alike)).toEqual([])
    expect(await shop.mailsTo(rosa.user.email)).toEqual([])
  })

  test.each(['', 'rosa'])('«%s» is no address', async (email) => {
    expect((await ask(email)).status).toBe(422)
  })

  test.each([
    '/recuperar/abc',
    `/recuperar/${'x'.repeat(43)}`,
    '/confirmar/abc',
    `/confirmar/${'x'.repeat(43)}`,
  ])('%s is no link', async (path) => {
    const answer = await browserOf(shop.app)(path)
    expect([303, 404]).toContain(answer.status)
  })
})

describe('an address that was never confirmed', () => {
  test('gets a link while the business has not sold: it may be all that Rosa has', async () => {
    const rosa = await readyTenant('Pollería Rosita')
    await ask(rosa.user.email)
    expect(await shop.mailsTo(rosa.user.email)).toHaveLength(1)
  })

  test('gets none once it has sold: the mail may be a stranger’s', async () => {
    const rosa = await openShop('Pollería Rosita')
    await charge(rosa.db, rosa.tenant, rosa.beto, order(rosa), monday)
    expect(await rosa.db.select({ id: sales.id }).from(sales)).toHaveLength(1)
    expect((await ask(rosa.user.email)).status).toBe(303)
    expect(await shop.mailsTo(rosa.user.email)).toEqual([])
    await confirm(rosa)
    await ask(rosa.user.email)
    expect(await shop.mailsTo(rosa.user.email)).toHaveLength(1)
  })
})

test('the sixth request of an hour for one account waits', async () => {
  const rosa = await newRosa()
  for (let i = 0; i < 5; i++) expect((await ask(rosa.user.email)).status).toBe(303)
  const answer = await ask(rosa.user.email)
  expect(answer.status).toBe(429)
  expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(3500)
  expect(await answer.text()).toContain('Demasiados intentos. Prueba en 1 hora.')
})

test('a new password does not end the sessions of Carla', async () => {
  const [rosa, carla] = [await newRosa(), await testTenant('Bodega Carla')]
  const { admin } = shop.services.databases
  const token = await createSession(admin, {
    userId: carla.user.id,
    tenantId: carla.tenant.id,
    now: new Date(),
  })
  await browserOf(shop.app)(await linkFor(rosa), { form: { password: newPassword } })
  const answer = await shop.app.app('/cuenta', {}, `smartket=${token}`)
  expect(answer.status).toBe(200)
})
