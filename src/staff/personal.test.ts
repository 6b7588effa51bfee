import { eq, sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { staff } from '#src/db/tenant-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { lockCatalogue } from '#src/products/queries.ts'
import { type ReadyTenant, readyTenant, testDatabases } from '../../tests/support/database.ts'
import { testApp, testServices } from '../../tests/support/http.ts'
import { inviteCashier, inviteLimit } from './actions.ts'

let rosa: ReadyTenant
let services: ReturnType<typeof testServices>
let ask: Awaited<ReturnType<ReturnType<typeof testApp>['as']>>

beforeAll(async () => {
  rosa = await readyTenant()
  services = testServices(await testDatabases())
  ask = await testApp(services).as(rosa)
})

const invite = (name: string, pin: string) => ask('/personal', { form: { name, pin } })
const people = () => rosa.db.select().from(staff)

test('Rosa is alone, invites Beto, and only his PIN opens his hash', async () => {
  expect(await (await ask('/personal')).text()).toContain('Solo estás tú.')
  const invited = await invite('Beto', '4826')
  expect(invited.status).toBe(303)
  expect(await (await ask(invited.headers.get('Location')!)).text()).toContain('Beto ya está en tu equipo.')
  const [beto] = await rosa.db.select().from(staff).where(eq(staff.name, 'Beto'))
  expect(beto).toMatchObject({ role: 'cajera', active: true })
  const owner = { tenantUid: rosa.tenant.uid, staffId: beto!.id }
  expect(await services.hasher.verifyPin(owner, '4826', beto!.pinHash)).toBe(true)
  expect(await services.hasher.verifyPin(owner, '4827', beto!.pinHash)).toBe(false)
})

test('a double click invites once', async () => {
  const answers = await Promise.all([invite('Ana', '9170'), invite('Ana', '9170')])
  expect(answers.map((answer) => answer.status)).toEqual([303, 303])
  expect((await people()).filter((person) => person.name === 'Ana')).toHaveLength(1)
})

test('two at once are two, each with a PIN of her own', async () => {
  const pins = { Eva: '9171', Flor: '9172', Gina: '9173' }
  const answers = await Promise.all(Object.entries(pins).map(([name, pin]) => invite(name, pin)))
  expect(answers.map((answer) => answer.status)).toEqual([303, 303, 303])
  for (const person of (await people()).filter(({ name }) => name in pins)) {
    const owner = { tenantUid: rosa.tenant.uid, staffId: person.id }
    const pin = pins[person.name as keyof typeof pins]
    expect(await services.hasher.verifyPin(owner, pin, person.pinHash)).toBe(true)
  }
})

test('while a PIN is hashed no lock waits for it: the catalogue can be changed', async () => {
  let isCatalogueFree = false
  const hashPin = async () => {
    // Its own connection: with the lock held by the invitation this would wait for it, and fail.
    const touched = await inTransaction(rosa.db, async (tx) => {
      await tx.execute(sql`set session innodb_lock_wait_timeout = 0`)
      await lockCatalogue(tx)
      return { ok: true }
    })
    isCatalogueFree = touched.ok
    return 'hash'
  }
  expect(await inviteCashier(rosa.db, { name: 'Hilda', pin: '9174' }, hashPin, new Date())).toMatchObject({
    ok: true,
  })
  expect(isCatalogueFree).toBe(true)
})

test('thirty invitations in an hour are enough: the next is told before its PIN is hashed', async () => {
  const carla = await readyTenant('Bodega de Carla')
  let hashes = 0
  const hasher = { ...services.hasher, hashPin: async () => `hash ${++hashes}` }
  const askCarla = await testApp({ ...services, hasher }).as(carla)
  const inviteTo = (n: number) => askCarla('/personal', { form: { name: `Ana ${n}`, pin: '4826' } })
  for (let n = 1; n <= inviteLimit.max; n++) expect((await inviteTo(n)).status).toBe(303)
  const refused = await inviteTo(99)
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(3000)
  const page = await refused.text()
  expect(page).toContain('Demasiadas invitaciones seguidas.')
  expect(page).toContain('value="Ana 99"')
  expect(hashes).toBe(inviteLimit.max)
})

test('what is wrong comes back with its sentence, and a PIN never does', async () => {
  const before = await people()
  for (const [name, pin, sentence] of [
    ['', '4826', 'Escribe su nombre.'],
    ['ñ'.repeat(300), '4826', 'Usa hasta 80 letras en el nombre.'],
    ['Luz', '1234', 'Ese PIN es muy fácil de adivinar. Elige otro.'],
    ['Luz', '1111', 'Ese PIN es muy fácil de adivinar. Elige otro.'],
    ['Luz', '12', 'El PIN tiene de 4 a 6 números.'],
    ['Rosa', '4826', 'Ya tienes a Rosa en tu equipo.'],
  ] as const) {
    const refused = await invite(name, pin)
    const page = await refused.text()
    expect(refused.status).toBe(422)
    expect(page).toContain(sentence)
    expect(page).not.toContain(`value="${pin}"`)
  }
  expect(await people()).toEqual(before)
})

test('a name with markup is shown as it was typed', async () => {
  await invite('<script>x</script>', '4826')
  expect(await (await ask('/personal')).text()).toContain('&lt;script&gt;x&lt;/script&gt;')
})

test('Beto does not see who works here', async () => {
  await rosa.db.update(staff).set({ role: 'cajera' }).where(eq(staff.id, 1))
  expect((await ask('/personal')).status).toBe(403)
  expect((await invite('Luz', '4826')).status).toBe(403)
})
