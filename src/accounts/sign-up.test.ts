import { count, eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { openAccount, signUp } from '#src/accounts/actions.ts'
import type { AdminTx } from '#src/db/admin.ts'
import { emailConfirmations, memberships, sessions, tenants, users } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { makeSpare } from '#src/tenants/spares.ts'
import { ownDatabases } from '../../tests/support/database.ts'
import { appWithMail, browserOf, freshEmail, linkIn } from '../../tests/support/person.ts'

let databases: Databases
let shop: ReturnType<typeof appWithMail>

beforeAll(async () => {
  const own = await ownDatabases()
  databases = own.databases
  shop = appWithMail(databases)
  return own.stop
})

const rosa = (email = freshEmail()) => ({
  email,
  password: 'pollo a la brasa',
  business_name: 'Pollería Rosita',
  rubro: 'polleria',
})
const register = (form: Record<string, string>, browser = browserOf(shop.app)) =>
  browser('/registro', { form })

async function businessOf(email: string) {
  const [row] = await databases.admin
    .select({ tenant: tenants, staffId: memberships.staffId })
    .from(users)
    .innerJoin(memberships, eq(memberships.userId, users.id))
    .innerJoin(tenants, eq(tenants.id, memberships.tenantId))
    .where(eq(users.email, email))
  return row
}
const howMany = async (table: typeof users | typeof memberships | typeof emailConfirmations) =>
  (await databases.admin.select({ n: count() }).from(table))[0]?.n
const spares = async () =>
  databases.admin.select({ id: tenants.id }).from(tenants).where(eq(tenants.status, 'RESERVA'))

describe('Rosa signs up', () => {
  test('with three fields and stands in the wizard, signed in, on trial', async () => {
    const form = rosa()
    const browser = browserOf(shop.app)
    const answer = await register(form, browser)
    expect(answer.status).toBe(303)
    expect(answer.headers.get('Location')).toBe('/configurar/datos-fiscales')
    const business = await businessOf(form.email)
    expect(business).toMatchObject({
      staffId: 1,
      tenant: {
        status: 'ACTIVO',
        businessName: 'Pollería Rosita',
        rubro: 'polleria',
        plan: 'TRIAL_POLLERIA',
      },
    })
    const { trialStartedAt, trialEndsAt } = business!.tenant
    expect(trialEndsAt!.getTime() - trialStartedAt!.getTime()).toBe(14 * 86_400_000)
    expect((await browser('/cuenta')).status).toBe(200)
  })

  test('without a rubro she has the trial of a pollería, and a bodega has its own', async () => {
    const [nothing, bodega] = [rosa(), rosa()]
    await register({ ...nothing, rubro: '' })
    await register({ ...bodega, rubro: 'bodega' })
    expect((await businessOf(nothing.email))?.tenant).toMatchObject({ plan: 'TRIAL_POLLERIA', rubro: null })
    expect((await businessOf(bodega.email))?.tenant).toMatchObject({ plan: 'TRIAL_BODEGA', rubro: 'bodega' })
  })

  test('the cookie is for this host alone and no script can read it', async () => {
    const answer = await register(rosa())
    expect(answer.headers.get('Set-Cookie')).toMatch(
      /^smartket=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/,
    )
  })

  test('the welcome mail carries the link to confirm', async () => {
    const form = rosa()
    await register(form)
    const [mail] = await shop.mailsTo(form.email)
    expect(mail).toMatchObject({ kind: 'welcome' })
    expect(mail?.text).toContain('Pollería Rosita')
    expect(linkIn(mail)).toMatch(/^\/confirmar\/[\w-]{43}$/)
  })

  test.each(['Ñaño’s Pollería — «El Güero» 🍗', '<script>alert(1)</script>', 'X', '🐔', 'P'.repeat(120)])(
    'her business may be called %s',
    async (name) => {
      const form = { ...rosa(), business_name: `  ${name} ` }
      expect((await register(form)).status).toBe(303)
      expect((await businessOf(form.email))?.tenant.businessName).toBe(name)
    },
  )

  test('capitals and spaces in the e-mail make no second account', async () => {
    const form = rosa()
    await register({ ...form, email: ` ${form.email.toUpperCase()} ` })
    expect(await businessOf(form.email)).toBeDefined()
  })
})

describe('a form that is wrong comes back with what was typed', () => {
  test.each([
    [{ email: 'juan' }, 'Escribe tu correo completo, por ejemplo juan@gmail.com.'],
    [{ email: '' }, 'Escribe tu correo completo, por ejemplo juan@gmail.com.'],
    [{ password: '1234567' }, 'Usa al menos 8 caracteres.'],
    [{ password: '' }, 'Usa al menos 8 caracteres.'],
    [{ password: 'Peru2026' }, 'Es muy fácil de adivinar. Agrega una o dos palabras.'],
    [{ password: 'Pollería Rosita' }, 'Es muy fácil de adivinar. Agrega una o dos palabras.'],
    [{ business_name: '   ' }, 'Escribe el nombre de tu negocio.'],
    [{ business_name: 'ñ'.repeat(300) }, 'Usa como máximo 120 caracteres.'],
    [{ rubro: 'banco' }, 'Elige uno de la lista.'],
  ])('%o', async (wrong, sentence) => {
    const before = await howMany(users)
    const answer = await register({ ...rosa(), ...wrong })
    const page = await answer.text()
    expect(answer.status).toBe(422)
    expect(page).toMatch(/^<!doctype html>/)
    expect(page).toContain(sentence)
    expect(page).toContain('aria-invalid="true"')
    expect(answer.headers.get('Set-Cookie')).toBeNull()
    expect(await howMany(users)).toBe(before)
  })

  test('all that is wrong is said at once, and the password never comes back', async () => {
    const answer = await register({ email: 'juan', password: 'cortita', business_name: '', rubro: 'chifa' })
    const page = await answer.text()
    expect(page.match(/class="field-error"/g)).toHaveLength(3)
    expect(page).toContain('value="juan"')
    expect(page).toContain('value="chifa" selected')
    expect(page).not.toContain('cortita')
  })

  test('an empty body is an empty form', async () => {
    const answer = await browserOf(shop.app)('/registro', { method: 'POST', body: '{"email":1}' })
    expect(answer.status).toBe(422)
  })

  test('what was typed is shown as text, never as markup', async () => {
    const page = await (await register({ ...rosa('x'), business_name: '"><script>alert(1)</script>' })).text()
    expect(page).not.toContain('<script>alert')
  })
})

describe('a likely slip in the e-mail', () => {
  const typo = () => rosa(freshEmail('rosa').replace('@example.com', '@gmial.com'))

  test('is asked about, and nothing is made yet', async () => {
    const form = typo()
    const answer = await register(form)
    const page = await answer.text()
    expect(answer.status).toBe(422)
    expect(page).toContain(`¿Quisiste decir ${form.email.replace('gmial', 'gmail')}?`)
    expect(page).toContain(`name="email_asked" value="${form.email}"`)
    expect(await businessOf(form.email)).toBeUndefined()
  })

  test('sent a second time it is believed', async () => {
    const form = typo()
    expect((await register({ ...form, email_asked: form.email })).status).toBe(303)
    expect(await businessOf(form.email)).toBeDefined()
  })

  test('«Sí, corregir» takes the better one', async () => {
    const form = typo()
    const better = form.email.replace('gmial', 'gmail')
    expect((await register({ ...form, email_asked: form.email, email_fix: better })).status).toBe(303)
    expect(await businessOf(better)).toBeDefined()
    expect(await businessOf(form.email)).toBeUndefined()
  })

  test('another slip is asked about again', async () => {
    const form = typo()
    const answer = await register({ ...form, email_asked: 'rosa@hotmial.com' })
    expect(answer.status).toBe(422)
  })
})

describe('an e-mail has one account', () => {
  test('somebody else with the same e-mail is told to sign in, and the spare stays', async () => {
    const form = rosa()
    await register(form)
    const spare = await makeSpare(databases, () => new Date())
    const answer = await register({ ...form, password: 'otra frase distinta', business_name: 'Otra' })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('Ese correo ya tiene una cuenta. Ingresa o recupera tu contraseña.')
    expect((await spares()).map(({ id }) => id)).toContain(spare.id)
    expect((await businessOf(form.email))?.tenant.businessName).toBe('Pollería Rosita')
  })

  test('a double click opens one account and both answers lead inside', async () => {
    await makeSpare(databases, () => new Date())
    const form = rosa()
    const answers = await Promise.all([register(form), register(form)])
    expect(answers.map((answer) => answer.status)).toEqual([303, 303])
    const owned = await databases.admin.select().from(users).where(eq(users.email, form.email))
    expect(owned).toHaveLength(1)
    const claimed = await databases.admin
      .select()
      .from(memberships)
      .where(eq(memberships.userId, owned[0]!.id))
    expect(claimed).toHaveLength(1)
  })

  test('eight people at once with one e-mail and eight passwords: one account', async () => {
    await makeSpare(databases, () => new Date())
    const form = rosa()
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) => register({ ...form, password: `pollo a la brasa ${i}` })),
    )
    expect(answers.map((answer) => answer.status).sort()).toEqual([303, ...Array(7).fill(422)])
    expect(await databases.admin.select().from(users).where(eq(users.email, form.email))).toHaveLength(1)
  })
})

describe('killed half-way', () => {
  let id: number
  beforeAll(async () => {
    id = (await makeSpare(databases, () => new Date())).id
  })

  /** A transaction whose process dies at its n-th write. */
  function dyingAt(tx: AdminTx, n: number): AdminTx {
    let writes = 0
    return new Proxy(tx, {
      get(target, name, receiver) {
        if ((name === 'insert' || name === 'update') && ++writes === n) throw new Error('killed')
        const value: unknown = Reflect.get(target, name, receiver)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
  }

  // user, spare, tenant, membership, confirmation; at 6 everything is written and nothing committed.
  test.each([1, 2, 3, 4, 5, 6])('at write %i: nothing is left and the spare is still one', async (n) => {
    const rows = async () => [
      await howMany(users),
      await howMany(memberships),
      await howMany(emailConfirmations),
    ]
    const before = await rows()
    const account = { email: freshEmail(), passwordHash: 'x', businessName: 'Rosita', rubro: null }
    await expect(
      inTransaction(databases.admin, async (tx) => {
        await openAccount(dyingAt(tx, n), account, new Date())
        throw new Error('killed')
      }),
    ).rejects.toThrow('killed')
    expect(await rows()).toEqual(before)
    expect((await spares()).map((spare) => spare.id)).toContain(id)
  })
})

test('without a spare the database is made at once', async () => {
  await databases.admin.update(tenants).set({ status: 'CREANDO' }).where(eq(tenants.status, 'RESERVA'))
  const form = rosa()
  const made = await signUp(shop.services, { ...form, businessName: 'Rosita', rubro: 'polleria' }, new Date())
  expect(made.ok).toBe(true)
})

describe('who may send the form', () => {
  const post = (headers: Record<string, string>) => {
    const { app, landingOrigin } = { app: shop.app.server, landingOrigin: shop.services.config.appOrigin }
    return app.request(`${landingOrigin}/registro`, {
      method: 'POST',
      body: new URLSearchParams(rosa()),
      headers: { Host: new URL(landingOrigin).host, 'X-Forwarded-For': '10.9.9.9', ...headers },
    })
  }

  test('the landing, although a browser calls it cross-site', async () => {
    const answer = await post({ Origin: shop.services.config.landingOrigin, 'Sec-Fetch-Site': 'cross-site' })
    expect(answer.status).toBe(303)
  })

  test.each([
    { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' },
    { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' },
    { Origin: 'http://localhost.evil.example:3000' },
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'none' },
    {},
  ])('not %o', async (headers) => {
    const answer = await post(headers as Record<string, string>)
    expect(answer.status).toBe(403)
    expect(answer.headers.get('Set-Cookie')).toBeNull()
  })
})

test('the eleventh sign-up of an hour from one address waits, and hashes nothing', async () => {
  const browser = browserOf(shop.app, '10.77.0.1')
  const form = rosa()
  await register(form, browser)
  for (let i = 1; i < 10; i++) await register({ ...form, password: `una frase mala ${i}` }, browser)
  const before = await howMany(users)
  const answer = await register(rosa(), browser)
  expect(answer.status).toBe(429)
  expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(3500)
  expect(await answer.text()).toContain('Demasiados intentos. Prueba en 1 hora o recupera tu contraseña.')
  expect(await howMany(users)).toBe(before)
})

test('the session in the database is not the one in the cookie', async () => {
  const browser = browserOf(shop.app)
  await register(rosa(), browser)
  const token = browser.cookie()?.split('=')[1] ?? ''
  const ids = (await databases.admin.select({ id: sessions.id }).from(sessions)).map(({ id }) => id)
  expect(token).toHaveLength(43)
  expect(ids).not.toContain(token)
})
