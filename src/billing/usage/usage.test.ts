import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { memberships, tenants, users } from '#src/db/admin-schema.ts'
import {
  bulkChanges,
  importChanges,
  productComponents,
  products,
  staff,
  stockLevels,
  stockMovements,
} from '#src/db/tenant-schema.ts'
import { importsSettled } from '#src/imports/actions.ts'
import { fieldOf } from '#src/menus/form.ts'
import { menuFor } from '#src/menus/menu.ts'
import { type ReadyTenant, readyTenant, testDatabases } from '../../../tests/support/database.ts'
import { testApp, testServices } from '../../../tests/support/http.ts'
import { productsUsed, usageOf } from './queries.ts'

let rosa: ReadyTenant
let ask: Awaited<ReturnType<ReturnType<typeof testApp>['as']>>

const now = () => new Date()
const stamps = () => ({ createdAt: now(), updatedAt: now() })

beforeAll(async () => {
  rosa = await readyTenant()
  ask = await testApp(testServices(await testDatabases())).as(rosa)
})

beforeEach(async () => {
  await setPlan(rosa, 'PUESTO')
  await onSale(3)
})

async function setPlan(of: ReadyTenant, plan: string) {
  const { admin } = await testDatabases()
  await admin.update(tenants).set({ plan }).where(eq(tenants.id, of.tenant.id))
}

/** Exactly so many on sale, all of them Rosa's own. */
async function onSale(n: number) {
  for (const table of [importChanges, productComponents, stockMovements, stockLevels]) {
    await rosa.db.delete(table)
  }
  await rosa.db.delete(bulkChanges)
  await rosa.db.delete(products)
  const rows = Array.from({ length: n }, (_, at) => ({
    name: `Plato ${at}`,
    priceCentimos: 1000,
    ...stamps(),
  }))
  if (n > 0) await rosa.db.insert(products).values(rows)
}

const used = () => productsUsed(rosa.db)
const add = (name: string) => ask('/productos', { form: { name, price: '5' } })
const sentence = 'Tu plan Puesto llega a 500 productos. Con Local tienes 5,000 por S/\u00a030 más al mes.'

test('hidden products, what is only counted and people who left are free', async () => {
  await rosa.db.insert(products).values([
    { name: 'Escondido', priceCentimos: 1000, active: false, ...stamps() },
    { name: 'Pollo', priceCentimos: 0, forSale: false, ...stamps() },
  ])
  await rosa.db.insert(staff).values({ name: 'Se fue', role: 'cajera', active: false, createdAt: now() })
  expect(await usageOf(rosa.db)).toEqual({ branches: 1, registers: 1, staff: 1, products: 3 })
})

describe('Rosa at the limit of Puesto', () => {
  test('adds her 500th product and is told of the 501st, with what she typed and the way out', async () => {
    await onSale(499)
    expect((await add('El último')).status).toBe(303)
    const refused = await add('Uno más')
    const page = await refused.text()
    expect(refused.status).toBe(422)
    expect(page).toContain(sentence)
    expect(page).toContain('href="/plan"')
    expect(page).toContain('value="Uno más"')
    expect(await used()).toBe(500)
  })

  test('two at once do not pass it together', async () => {
    await onSale(499)
    const answers = await Promise.all(['Ana', 'Eva', 'Isa', 'Ola'].map((name) => add(name)))
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422, 422, 422])
    expect(await used()).toBe(500)
  })

  test('a double click on her last place is one product and no refusal', async () => {
    await onSale(499)
    const answers = await Promise.all([add('Doble'), add('Doble')])
    expect(answers.map(({ status }) => status)).toEqual([303, 303])
    expect(await used()).toBe(500)
  })

  test('the till and the wizard say the same', async () => {
    await onSale(500)
    const till = await ask('/pos/productos', { json: { name: 'Nuevo', price: '4' } })
    expect(till.status).toBe(422)
    expect(await till.json()).toMatchObject({
      errors: { form: sentence },
      way: { href: '/plan', label: 'Ver planes' },
    })
    for (const way of ['nuevo', 'escanear']) {
      const wizard = await ask(`/configurar/productos/${way}`, { form: { name: 'Nuevo', price: '4' } })
      const page = await wizard.text()
      expect(wizard.status).toBe(422)
      expect(page).toContain(sentence)
      expect(page).toContain('value="Nuevo"')
    }
    expect(await used()).toBe(500)
  })

  test('the ready menu comes whole or not at all', async () => {
    const items = menuFor('polleria')!.items
    const form = Object.fromEntries(
      items.flatMap(({ key }) => [
        [fieldOf.box(key), 'on'],
        [fieldOf.price(key), '7'],
      ]),
    )
    await onSale(490)
    const refused = await ask('/configurar/productos/carta', { form })
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain(sentence)
    expect(await rosa.db.$count(products)).toBe(490)
    await onSale(500 - items.length)
    expect((await ask('/configurar/productos/carta', { form })).status).toBe(303)
    expect(await used()).toBe(500)
  })

  test('hiding makes room, and what is hidden comes back only into room', async () => {
    await onSale(500)
    const [first] = await rosa.db.select().from(products).limit(1)
    expect((await ask(`/productos/${first!.id}/oculto`, { form: { lista: '' } })).status).toBe(303)
    expect((await add('En su lugar')).status).toBe(303)
    const refused = await ask(`/productos/${first!.id}/visible`, { form: { lista: '' } })
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain(sentence)
    expect(await used()).toBe(500)
  })

  test('neither showing many, nor undoing their hiding, leads around it', async () => {
    await onSale(20)
    const all = { lista: '', de: 'todos' }
    const hidden = await ask('/productos/acciones', { form: { ...all, accion: 'ocultar' } })
    const change = new URL(hidden.headers.get('Location')!, 'http://x').searchParams.get('hecho')
    await rosa.db
      .insert(products)
      .values(Array.from({ length: 490 }, (_, at) => ({ name: `Otro ${at}`, priceCentimos: 1, ...stamps() })))
    const shown = await ask('/productos/acciones', { form: { ...all, accion: 'mostrar' } })
    expect(shown.status).toBe(422)
    expect(await shown.text()).toContain(sentence)
    const undone = await ask(`/productos/cambios/${change}/deshecho`, { form: { lista: '' } })
    expect(undone.status).toBe(422)
    expect(await undone.text()).toContain(sentence)
    expect(await used()).toBe(490)
  })

  test('what is only counted does not come on sale around it', async () => {
    await onSale(500)
    const [{ insertId }] = await rosa.db
      .insert(products)
      .values({ name: 'Pollo', priceCentimos: 100, forSale: false, ...stamps() })
    const refused = await ask(`/productos/${insertId}`, { form: { name: 'Pollo', price: '60' } })
    const page = await refused.text()
    expect(refused.status).toBe(422)
    expect(page).toContain(sentence)
    expect(page).toContain('value="60"')
    expect(await used()).toBe(500)
  })

  test('prices are changed as ever, also by whoever has more than a smaller plan holds', async () => {
    await onSale(503)
    const [first] = await rosa.db.select().from(products).limit(1)
    const changed = await ask(`/productos/${first!.id}`, { form: { name: 'Plato caro', price: '60' } })
    expect(changed.status).toBe(303)
    expect((await add('Ni uno más')).status).toBe(422)
  })

  test('a trial has no limit', async () => {
    await setPlan(rosa, 'TRIAL_POLLERIA')
    await onSale(500)
    expect((await add('Uno más')).status).toBe(303)
    expect(await (await ask('/productos')).text()).not.toContain('Ver planes')
  })
})

describe('a file', () => {
  const file = (rows: string[]) => `Nombre,Precio\n${rows.join('\n')}\n`
  async function upload(text: string) {
    const body = new FormData()
    body.append('file', new File([text], 'carta.csv', { type: 'text/csv' }))
    const answer = await ask('/productos/importar', { method: 'POST', body })
    return answer.headers.get('Location')!
  }
  const names = (n: number) => Array.from({ length: n }, (_, at) => `Importado ${at},12.50`)

  test('says before saving how many fit, and saving it all the same writes nothing', async () => {
    await onSale(490)
    const path = await upload(file(names(15)))
    const review = await (await ask(path)).text()
    expect(review).toContain('Con este archivo tendrías 505 productos: caben 10 de los 15 nuevos.')
    expect(review).toContain(sentence)
    expect(review).not.toContain('/guardado')
    await ask(`${path}/guardado`, { form: {} })
    await importsSettled()
    const after = await (await ask(path)).text()
    expect(after).toContain('No guardamos nada: tendrías 505 productos y tu plan no llega a tantos.')
    expect(await rosa.db.$count(products)).toBe(490)
    await setPlan(rosa, 'LOCAL')
    await ask(`${path}/guardado`, { form: {} })
    await importsSettled()
    expect(await used()).toBe(505)
  })

  test('that fills the plan to its last place is saved', async () => {
    await onSale(490)
    const path = await upload(file(names(10)))
    expect(await (await ask(path)).text()).toContain('/guardado')
    await ask(`${path}/guardado`, { form: {} })
    await importsSettled()
    expect(await used()).toBe(500)
  })

  test('that only changes prices is saved by whoever is over the limit', async () => {
    await onSale(503)
    const path = await upload(file(['Plato 1,99.00']))
    await ask(`${path}/guardado`, { form: {} })
    await importsSettled()
    const [plate] = await rosa.db.select().from(products).where(eq(products.name, 'Plato 1'))
    expect(plate?.priceCentimos).toBe(9900)
  })

  test('planned with room finds none when a product came first', async () => {
    await onSale(490)
    const path = await upload(file(names(10)))
    expect((await add('Llegó primero')).status).toBe(303)
    await ask(`${path}/guardado`, { form: {} })
    await importsSettled()
    expect(await used()).toBe(491)
    expect(await (await ask(path)).text()).toContain('caben 9 de los 10 nuevos')
  })
})

describe('people', () => {
  const invite = (who: typeof ask, name: string) => who('/personal', { form: { name, pin: '4826' } })

  test('three are Puesto’s: the fourth is told, a note comes before, and two at once pass no limit', async () => {
    const carla = await readyTenant('Bodega Carla')
    await setPlan(carla, 'PUESTO')
    const askCarla = await testApp(testServices(await testDatabases())).as(carla)
    expect(await (await askCarla('/personal')).text()).not.toContain('Tu plan Puesto')
    expect((await invite(askCarla, 'Beto')).status).toBe(303)
    expect(await (await askCarla('/personal')).text()).toContain(
      'Tienes 2 personas; tu plan Puesto llega a 3. Con Local tienes 12 por S/\u00a030 más al mes.',
    )
    const answers = await Promise.all(['Ana', 'Eva', 'Luz'].map((name) => invite(askCarla, name)))
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422, 422])
    const refused = await invite(askCarla, 'Otra más')
    const page = await refused.text()
    expect(refused.status).toBe(422)
    expect(page).toContain(
      'Tu plan Puesto llega a 3 personas. Con Local tienes 12 por S/\u00a030 más al mes.',
    )
    expect(page).toContain('href="/plan"')
    expect(page).toContain('value="Otra más"')
    expect(await carla.db.$count(staff)).toBe(3)
  })
})

describe('the note before', () => {
  test('stands on the products’ page from four fifths on', async () => {
    await onSale(399)
    expect(await (await ask('/productos')).text()).not.toContain('Ver planes')
    await onSale(400)
    const page = await (await ask('/productos')).text()
    expect(page).toContain('Tienes 400 productos; tu plan Puesto llega a 500.')
    expect(page).toContain('Ver planes')
    expect(await (await ask('/productos/nuevo')).text()).toContain('Tienes 400 productos;')
  })

  test('sends an encargado to the owner, and says nothing to a cashier', async () => {
    await onSale(500)
    const { admin } = await testDatabases()
    const as = async (role: 'encargado' | 'cajera') => {
      const [{ insertId: staffId }] = await rosa.db
        .insert(staff)
        .values({ name: 'Beto', role, createdAt: now() })
      const email = `${role}-${rosa.tenant.id}@example.test`
      const [{ insertId: id }] = await admin
        .insert(users)
        .values({ email, passwordHash: 'x', createdAt: now() })
      await admin.insert(memberships).values({ userId: id, tenantId: rosa.tenant.id, staffId })
      return testApp(testServices(await testDatabases())).as({ tenant: rosa.tenant, user: { id } })
    }
    const encargado = await (await (await as('encargado'))('/productos')).text()
    expect(encargado).toContain(`${sentence} Avísale a Rosa.`)
    expect(encargado).not.toContain('href="/plan"')
    const cashier = await (await (await as('cajera'))('/productos')).text()
    expect(cashier).not.toContain('Tu plan')
  })

  test('of the largest plan offers to write to us', async () => {
    const services = testServices(await testDatabases())
    const config = { ...services.config, supportWhatsapp: '51987654321' }
    await setPlan(rosa, 'CADENA')
    const askThem = await testApp({ ...services, config }).as(rosa)
    const people = Array.from({ length: 60 }, (_, at) => ({
      name: `Cajera ${at}`,
      role: 'cajera' as const,
      createdAt: now(),
    }))
    await rosa.db.insert(staff).values(people)
    const page = await (await askThem('/personal')).text()
    expect(page).toContain('https://wa.me/51987654321')
  })
})
