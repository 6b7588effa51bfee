import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { users } from '#src/db/admin-schema.ts'
import { type TestTenant, testDatabases, testPassword, testTenant } from '../../../tests/support/database.ts'
import { appWithMail, browserOf, coOwner, freshEmail, linkIn } from '../../../tests/support/person.ts'

let shop: ReturnType<typeof appWithMail>
let first: TestTenant

beforeAll(async () => {
  shop = appWithMail(await testDatabases())
  first = await testTenant('Pollería Rosita')
})

const newRosa = () => coOwner(shop.services.databases, first)

/** Rosa inside, with her browser and the link of a mail that she asked for. */
async function rosaWithLink() {
  const rosa = await newRosa()
  const inside = await shop.app.as(rosa)
  await inside('/cuenta/confirmacion', { form: {} })
  return { rosa, inside, link: await lastLink(rosa.user.email) }
}
const lastLink = async (email: string) => linkIn((await shop.mailsTo(email)).at(-1))
const userOf = async ({ user }: TestTenant) => {
  const [row] = await shop.services.databases.admin.select().from(users).where(eq(users.id, user.id))
  return row!
}

describe('confirming the e-mail', () => {
  test('takes a press of the button: a mail program that opens the link confirms nothing', async () => {
    const { rosa, link } = await rosaWithLink()
    const page = await browserOf(shop.app)(link)
    expect(await page.text()).toContain('Sí, es mi correo')
    expect((await userOf(rosa)).emailConfirmedAt).toBeNull()
    const pressed = await browserOf(shop.app)(link, { form: {} })
    expect(pressed.status).toBe(303)
    expect((await userOf(rosa)).emailConfirmedAt).not.toBeNull()
    expect(await (await browserOf(shop.app)(link)).text()).toContain('Tu correo está confirmado')
  })

  test('twice is as well as once', async () => {
    const { rosa, link } = await rosaWithLink()
    const answers = await Promise.all([1, 2].map(() => browserOf(shop.app)(link, { form: {} })))
    expect(answers.map(({ status }) => status)).toEqual([303, 303])
    expect((await userOf(rosa)).emailConfirmedAt).not.toBeNull()
  })

  test('ends the quiet strip', async () => {
    const { inside, link } = await rosaWithLink()
    expect(await (await inside('/cuenta')).text()).toContain('Confirma tu correo')
    await browserOf(shop.app)(link, { form: {} })
    expect(await (await inside('/cuenta')).text()).not.toContain('Confirma tu correo')
  })

  test('a link is good for 14 days', async () => {
    const { link } = await rosaWithLink()
    const clock = () => new Date(Date.now() + 14.1 * 86_400_000)
    const later = browserOf(appWithMail(shop.services.databases, { clock }).app)
    expect((await later(link)).status).toBe(404)
    expect((await later(link, { form: {} })).status).toBe(404)
  })

  test('another link can be asked for, five times an hour', async () => {
    const { rosa, inside } = await rosaWithLink()
    for (let i = 1; i < 5; i++) expect((await inside('/cuenta/confirmacion', { form: {} })).status).toBe(303)
    const answer = await inside('/cuenta/confirmacion', { form: {} })
    expect(answer.status).toBe(429)
    expect(answer.headers.get('Retry-After')).not.toBeNull()
    expect(await shop.mailsTo(rosa.user.email)).toHaveLength(5)
  })
})

describe('correcting the address', () => {
  const correct = (
    inside: Awaited<ReturnType<typeof rosaWithLink>>['inside'],
    email: string,
    password = testPassword,
  ) => inside('/cuenta/correo', { form: { email, password } })

  test('takes the password, starts unconfirmed, and writes to the new address', async () => {
    const { rosa, inside } = await rosaWithLink()
    const email = freshEmail('rosita')
    expect((await correct(inside, email)).headers.get('Location')).toBe('/cuenta?aviso=corregido')
    expect(await userOf(rosa)).toMatchObject({ email, emailConfirmedAt: null })
    await browserOf(shop.app)(await lastLink(email), { form: {} })
    expect((await userOf(rosa)).emailConfirmedAt).not.toBeNull()
  })

  test('makes every link worthless that went to the old one', async () => {
    const { rosa, inside, link } = await rosaWithLink()
    await browserOf(shop.app)('/recuperar', { form: { email: rosa.user.email } })
    const recovery = await lastLink(rosa.user.email)
    expect(recovery).toContain('/recuperar/')
    await correct(inside, freshEmail('rosita'))
    expect((await browserOf(shop.app)(link, { form: {} })).status).toBe(404)
    expect((await browserOf(shop.app)(recovery)).status).toBe(404)
    expect((await userOf(rosa)).emailConfirmedAt).toBeNull()
  })

  test('a confirmed address stays in use until the new one is confirmed', async () => {
    const { rosa, inside, link } = await rosaWithLink()
    await browserOf(shop.app)(link, { form: {} })
    const email = freshEmail('rosita')
    expect((await correct(inside, email)).headers.get('Location')).toBe('/cuenta?aviso=por-confirmar')
    expect(await (await inside('/cuenta')).text()).toContain(`Falta confirmar <strong>${email}</strong>`)
    expect((await userOf(rosa)).email).toBe(rosa.user.email)
    expect((await userOf(rosa)).emailConfirmedAt).not.toBeNull()

    await browserOf(shop.app)('/recuperar', { form: { email: rosa.user.email } })
    const recovery = await lastLink(rosa.user.email)
    expect((await browserOf(shop.app)(recovery)).status).toBe(200)

    const again = await lastLink(email)
    await browserOf(shop.app)(again, { form: {} })
    expect((await userOf(rosa)).email).toBe(email)
    expect(await (await browserOf(shop.app)(again)).text()).toContain('Tu correo está confirmado')
    expect((await browserOf(shop.app)(recovery)).status).toBe(404)
    expect((await browserOf(shop.app)(link, { form: {} })).status).toBe(404)
  })

  test('a second correction, or the old address again, ends the link of the first', async () => {
    const { rosa, inside, link } = await rosaWithLink()
    await browserOf(shop.app)(link, { form: {} })
    const [first, second] = [freshEmail('rosita'), freshEmail('rosita')]
    await correct(inside, first)
    const firstLink = await lastLink(first)
    await correct(inside, second)
    expect((await browserOf(shop.app)(firstLink, { form: {} })).status).toBe(404)
    await correct(inside, rosa.user.email)
    expect((await browserOf(shop.app)(await lastLink(second), { form: {} })).status).toBe(404)
    expect((await userOf(rosa)).email).toBe(rosa.user.email)
  })

  test('an address that somebody took meanwhile is not taken from her', async () => {
    const { rosa, inside, link } = await rosaWithLink()
    await browserOf(shop.app)(link, { form: {} })
    const email = freshEmail('rosita')
    await correct(inside, email)
    const waiting = await lastLink(email)
    const carla = await rosaWithLink()
    await correct(carla.inside, email)
    expect((await browserOf(shop.app)(waiting, { form: {} })).status).toBe(404)
    expect((await userOf(rosa)).email).toBe(rosa.user.email)
  })

  test('a typo is asked about once, and «Sí, corregir» mends it', async () => {
    const { rosa, inside } = await rosaWithLink()
    const name = freshEmail('rosita').split('@')[0]
    const form = { email: `${name}@gmial.com`, password: testPassword }
    const asked = await inside('/cuenta/correo', { form })
    expect(asked.status).toBe(422)
    expect(await asked.text()).toContain(`¿Quisiste decir ${name}@gmail.com?`)
    expect((await userOf(rosa)).email).toBe(rosa.user.email)
    await inside('/cuenta/correo', { form: { ...form, email_fix: `${name}@gmail.com` } })
    expect((await userOf(rosa)).email).toBe(`${name}@gmail.com`)
    await inside('/cuenta/correo', { form: { ...form, email_asked: form.email } })
    expect((await userOf(rosa)).email).toBe(form.email)
  })

  test.each([
    ['a wrong password', { password: 'no es la mía' }, 'La contraseña no coincide.'],
    ['no password', { password: '' }, 'Escribe tu contraseña.'],
    ['half an address', { email: 'rosa@' }, 'Escribe tu correo completo, por ejemplo juan@gmail.com.'],
  ])('%s changes nothing and shows what was typed', async (_, wrong, sentence) => {
    const { rosa, inside } = await rosaWithLink()
    const form = { email: freshEmail('rosita'), password: testPassword, ...wrong }
    const answer = await inside('/cuenta/correo', { form })
    const page = await answer.text()
    expect(answer.status).toBe(422)
    expect(page).toContain(sentence)
    expect(page).toContain(`value="${form.email}"`)
    expect((await userOf(rosa)).email).toBe(rosa.user.email)
  })

  test("Carla's address cannot be taken", async () => {
    const { rosa, inside } = await rosaWithLink()
    const carla = await testTenant('Bodega Carla')
    const answer = await correct(inside, carla.user.email)
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('Ese correo ya tiene una cuenta.')
    expect((await userOf(rosa)).email).toBe(rosa.user.email)
  })

  test('the address that she already has stays confirmed', async () => {
    const { rosa, inside, link } = await rosaWithLink()
    await browserOf(shop.app)(link, { form: {} })
    expect((await correct(inside, rosa.user.email)).status).toBe(303)
    expect((await userOf(rosa)).emailConfirmedAt).not.toBeNull()
  })

  test('is not for guessing the password: the eleventh try waits', async () => {
    const { inside } = await rosaWithLink()
    for (let i = 0; i < 10; i++) await correct(inside, freshEmail(), `frase ${i}`)
    expect((await correct(inside, freshEmail())).status).toBe(429)
  })
})
