import { beforeAll, beforeEach, expect, test } from 'vitest'
import { business, modifierGroups, modifiers, productModifierGroups, staff } from '#src/db/tenant-schema.ts'
import { type ReadyTenant, readyTenant, testDatabases } from '../../tests/support/database.ts'
import { testApp, testServices } from '../../tests/support/http.ts'

let app: ReturnType<typeof testApp>
let rosa: ReadyTenant
let ask: Awaited<ReturnType<ReturnType<typeof testApp>['as']>>

beforeAll(async () => {
  app = testApp(testServices(await testDatabases()))
})
beforeEach(async () => {
  rosa = await readyTenant()
  ask = await app.as(rosa)
})

const page = '/productos/opciones'
const version = async () => (await rosa.db.select().from(business))[0]!.catalogueVersion
const addGroup = async (name = 'Presa', min = '1', max = '1') => {
  await ask(page, { form: { name, min, max } })
  const groups = await rosa.db.select().from(modifierGroups)
  return groups.find((group) => group.name === name)!.id
}

test('Rosa asks for the presa, with and without price, and the till is told', async () => {
  const before = await version()
  const id = await addGroup()
  await ask(`${page}/${id}/nuevas`, { form: { name: 'Pierna' } })
  await ask(`${page}/${id}/nuevas`, { form: { name: 'Pecho', price: '1,50' } })
  expect(await rosa.db.select().from(modifiers)).toMatchObject([
    { name: 'Pierna', priceCentimos: 0, position: 0 },
    { name: 'Pecho', priceCentimos: 150, position: 1 },
  ])
  expect(await version()).toBe(before + 3)
  const html = await (await ask(page)).text()
  expect(html).toContain('Elige 1')
  expect(html).toContain('Pecho · S/\u00a01.50')
})

test.each([
  [{ name: '', min: '0', max: '1' }, 'Escribe un nombre.'],
  [{ name: 'a'.repeat(61), min: '0', max: '1' }, 'Usa hasta 60 letras.'],
  [{ name: 'Cremas', min: '3', max: '2' }, 'El máximo no puede ser menor que el mínimo.'],
  [{ name: 'Cremas', min: 'x', max: '2' }, 'Escribe un número de 0 a 20.'],
  [{ name: 'Cremas', min: '0', max: '0' }, 'Escribe un número de 1 a 20.'],
  [{ name: 'PRESA', min: '0', max: '1' }, 'Ya hay una con ese nombre.'],
])('%j is refused, with what was typed', async (form, sentence) => {
  await addGroup()
  const refused = await ask(page, { form })
  expect(refused.status).toBe(422)
  const html = await refused.text()
  expect(html).toContain(sentence)
  expect(html).toContain(`value="${form.max}"`)
})

test('an answer is taken away and put back; a second of the same name is refused', async () => {
  const id = await addGroup()
  await ask(`${page}/${id}/nuevas`, { form: { name: 'Pierna' } })
  const again = await ask(`${page}/${id}/nuevas`, { form: { name: 'pierna', price: '2' } })
  expect(again.status).toBe(422)
  expect(await (await ask(`${page}/${id}/nuevas`, { form: { name: 'Ala', price: 'x' } })).text()).toContain(
    'Escribe un precio',
  )
  const [leg] = await rosa.db.select().from(modifiers)
  await ask(`${page}/${id}/oculta`, { form: { optionId: String(leg?.id) } })
  expect((await rosa.db.select().from(modifiers))[0]?.active).toBe(false)
  await ask(`${page}/${id}/visible`, { form: { optionId: String(leg?.id) } })
  expect((await rosa.db.select().from(modifiers))[0]?.active).toBe(true)
  expect((await ask(`${page}/${id}/oculta`, { form: { optionId: '99999' } })).status).toBe(422)
})

test('a product asks what is ticked, and what it asks cannot be removed', async () => {
  const [presa, cremas] = [await addGroup(), await addGroup('Cremas', '0', '3')]
  const path = `/productos/${rosa.products.quarter}/opciones`
  const body = new URLSearchParams([
    ['groups[]', String(presa)],
    ['groups[]', String(cremas)],
    ['groups[]', '99999'],
  ])
  expect((await ask(path, { body })).status).toBe(303)
  expect((await rosa.db.select().from(productModifierGroups)).map((row) => row.groupId)).toEqual([
    presa,
    cremas,
  ])
  const refused = await ask(`${page}/${presa}/fuera`, { form: { x: '' } })
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('La usa 1 producto: quítala de ahí primero.')
  await ask(path, { form: { x: '' } })
  expect((await ask(`${page}/${presa}/fuera`, { form: { x: '' } })).status).toBe(303)
  expect(await rosa.db.select().from(modifierGroups)).toHaveLength(1)
})

test('a cashier and another business reach none of it', async () => {
  const id = await addGroup()
  const carla = await app.as(await readyTenant('Bodega Carla'))
  expect((await carla(`${page}/${id + 500}/fuera`, { form: { x: '' } })).status).toBe(404)
  await rosa.db.update(staff).set({ role: 'cajera' })
  expect((await ask(page)).status).toBe(403)
  expect((await ask(page, { form: { name: 'Suya', min: '0', max: '1' } })).status).toBe(403)
  expect((await ask(`${page}/${id}/fuera`, { form: { x: '' } })).status).toBe(403)
})
