import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { staff } from '#src/db/tenant-schema.ts'
import { type ReadyTenant, readyTenant, testDatabases } from '../../tests/support/database.ts'
import { testApp, testServices } from '../../tests/support/http.ts'

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
