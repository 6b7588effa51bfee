import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { imports, products, staff } from '#src/db/tenant-schema.ts'
import { type ReadyTenant, readyTenant, testDatabases } from '../../tests/support/database.ts'
import { testApp, testServices } from '../../tests/support/http.ts'
import { coOwner } from '../../tests/support/person.ts'
import { encryptedWorkbook, oldWorkbook, picture, titles, workbook } from '../../tests/support/sheets.ts'
import { longList, uglyList } from '../../tests/support/ugly.ts'
import { importsSettled } from './actions.ts'

type Ask = Awaited<ReturnType<ReturnType<typeof testApp>['as']>>

let app: ReturnType<typeof testApp>
let rosa: ReadyTenant
let ask: Ask

beforeAll(async () => {
  app = testApp(testServices(await testDatabases()))
  rosa = await readyTenant()
  ask = await app.as(rosa)
})

const partial = { 'HX-Request-Type': 'partial' }
const counted = async () => (await rosa.db.select().from(products)).length
const kept = async () => (await rosa.db.select().from(imports)).length

function upload(bytes: Uint8Array, { path = '/productos/importar', name = 'LISTA.xlsx', as = ask } = {}) {
  const body = new FormData()
  body.set('file', new File([bytes as Uint8Array<ArrayBuffer>], name))
  return as(path, { body })
}

/** The address of the review of this file. */
async function reviewed(bytes: Uint8Array): Promise<string> {
  const answer = await upload(bytes)
  expect(answer.status).toBe(303)
  return answer.headers.get('Location') ?? ''
}

const read = async (path: string) => (await ask(path)).text()
/** As a person reads it. */
const plain = (html: string) =>
  html
    .replace(/<[^>]+>/g, '')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replace(/\s+/g, ' ')

test('Rosa uploads her list as it is and nothing is saved before she says so', async () => {
  const before = await counted()
  const page = plain(await read(await reviewed(await uglyList())))
  expect(page).toContain('Encontramos 5 filas en la hoja "Precios", con títulos en la fila 4.')
  expect(page).toContain(
    'Revisamos tu archivo: 3 productos nuevos, 2 no entran. No hemos guardado nada todavía.',
  )
  expect(page).toContain('C6: "consultar" no es un precio. Escribe un número.')
  expect(page).toContain('C8: falta el precio.')
  expect(page).toContain('Guardar 3')
  expect(page).toContain('Ver los 2')
  expect(await counted()).toBe(before)
})

test('a wrong cell is mended in the grid, by htmx and by a plain form, and the row stays in its place', async () => {
  const path = await reviewed(await uglyList())
  const form = {
    'celda.6.price': '12,50',
    'antes.6.price': 'consultar',
    'celda.8.price': '',
    'antes.8.price': '',
  }
  const swapped = await ask(`${path}/celdas`, { form, headers: partial })
  const html = await swapped.text()
  expect(html).not.toContain('<html')
  expect(plain(html)).toContain('4 productos nuevos, 1 no entra.')
  expect(plain(html)).toContain('Ya entra')
  const plainForm = await ask(`${path}/celdas?ver=no-entran`, { form: { 'celda.8.price': '9' } })
  expect(plainForm.headers.get('Location')).toBe(`${path}?ver=no-entran#filas`)
  expect(plain(await read(`${path}?ver=no-entran`))).toContain('5 productos nuevos.')
  const wrongAgain = await ask(`${path}/celdas`, { form: { 'celda.6.price': 'mañana' }, headers: partial })
  expect(plain(await wrongAgain.text())).toContain('C6: "mañana" no es un precio.')
})

describe('what is chosen', () => {
  test('columns and titles, with the sheet of her choice', async () => {
    const path = await reviewed(await uglyList())
    const form = { titulos: '4', 'columna.0': '', 'columna.1': 'name', 'columna.2': '', 'columna.3': 'price' }
    const page = plain(await (await ask(`${path}/columnas`, { form, headers: partial })).text())
    expect(page).toContain('Carnes')
    expect(page).toContain('no es un precio')
  })
  test('the column just chosen takes the field from the other', async () => {
    const path = await reviewed(await uglyList())
    const now = { titulos: '4', 'columna.0': 'code', 'columna.1': 'name', 'columna.2': 'price' }
    const html = await (
      await ask(`${path}/columnas`, { form: { ...now, 'columna.3': 'name' }, headers: partial })
    ).text()
    expect(html).toMatch(/id="columna\.1"[\s\S]*?<option value="" selected/)
  })
  test.each([
    { titulos: 'uno' },
    { titulos: '0' },
    { titulos: '4', hoja: '99' },
    { titulos: '4', hoja: '-1' },
    { titulos: '4', 'columna.1': 'precio' },
    { titulos: '4', 'columna.99999': 'name' },
    { titulos: '4', 'columna.1': '', 'columna.0': '' },
  ])('nonsense is told and changes nothing: %o', async (form) => {
    const path = await reviewed(await uglyList())
    const answer = await ask(`${path}/columnas`, { form })
    expect(answer.status).toBe(422)
    expect(plain(await answer.text())).toContain('3 productos nuevos, 2 no entran.')
  })
  test('options that are none', async () => {
    const path = await reviewed(await uglyList())
    expect((await ask(`${path}/opciones`, { form: { buscar: 'color' } })).status).toBe(422)
    expect((await ask(`${path}/opciones`, { form: { buscar: 'code', stock: 'add' } })).status).toBe(303)
    const [row] = await rosa.db
      .select()
      .from(imports)
      .where(eq(imports.id, Number(path.split('/').at(-1))))
    expect(row).toMatchObject({ matchBy: 'code', stockMode: 'add' })
  })
  test('a page that does not exist is an empty one, and a tab that does not exist the first', async () => {
    const path = await reviewed(await uglyList())
    expect((await ask(`${path}?ver=todo&pagina=9999`)).status).toBe(200)
    expect((await ask(`${path}?ver=nuevos&pagina=x`)).status).toBe(200)
  })
})

test('pressed twice, «Guardar» saves once; then it can be undone, once', async () => {
  const path = await reviewed(await workbook([titles, ['Tacu tacu', 14, 'Criollos', 'TT', '']]))
  const before = await counted()
  const [first, second] = await Promise.all([
    ask(`${path}/guardado`, { method: 'POST', body: '' }),
    ask(`${path}/guardado`, { method: 'POST', body: '' }),
  ])
  expect([first.status, second.status]).toEqual([303, 303])
  await importsSettled()
  expect(await counted()).toBe(before + 1)
  expect(plain(await read(path))).toMatch(/Listo\. Puedes deshacer esta carga hasta el \d+ de [a-z]+\./)
  expect((await ask(`${path}/celdas`, { form: { 'celda.2.price': '1' } })).headers.get('Location')).toBe(path)
  expect(plain(await read('/productos/importar'))).toContain('Guardada')

  expect(plain(await read(`${path}/deshacer`))).toContain('¿Deshacemos esta carga?')
  for (const _ of [1, 2]) {
    const undone = await ask(`${path}/deshecho`, { method: 'POST', body: '' })
    expect(undone.headers.get('Location')).toBe(path)
  }
  expect(plain(await read(path))).toContain('Todo volvió a como estaba antes de esta carga.')
  expect(await counted()).toBe(before)
})

test('the same file again changes nothing, and says so', async () => {
  const bytes = await workbook([titles, ['Ocopa', 11, 'Criollos', 'OC', '']])
  await ask(`${await reviewed(bytes)}/guardado`, { method: 'POST', body: '' })
  await importsSettled()
  const page = plain(await read(await reviewed(bytes)))
  expect(page).toContain('Revisamos tu archivo: 1 queda igual.')
  expect(page).toContain('No hay nada que guardar: todo está igual.')
  expect(page).not.toContain('Guardar 0')
})

test('while it is being saved the page says how far it is, and asks again by itself', async () => {
  const path = await reviewed(await longList(50))
  const id = Number(path.split('/').at(-1))
  await rosa.db
    .update(imports)
    .set({ status: 'guardando', rowsDone: 20, rowsTotal: 50, leaseUntil: new Date(Date.now() + 60_000) })
    .where(eq(imports.id, id))
  const page = await read(path)
  expect(plain(page)).toContain('Guardando 20 de 50. Puedes cerrar esta página.')
  expect(page).toContain('<noscript><meta http-equiv="refresh"')
  const poll = await ask(`${path}/avance`, { headers: partial })
  expect(await poll.text()).toMatch(/^<div id="saving"/)
  const other = await ask(`${await reviewed(await longList(3))}/guardado`, { method: 'POST', body: '' })
  expect(other.status).toBe(409)
  expect(plain(await other.text())).toContain('Se está guardando otra carga.')
  await rosa.db
    .update(imports)
    .set({ leaseUntil: new Date(0) })
    .where(eq(imports.id, id))
  expect((await ask(`${path}/avance`, { headers: partial })).headers.get('HX-Redirect')).toBe(path)
  expect(plain(await read(path))).toContain('El guardado se cortó y no cambió nada.')
})

describe('a file that is no list of products is refused with its own sentence', () => {
  test.each([
    ['a picture', picture, 'carta.xlsx', 'Ese archivo no es un Excel.'],
    ['an empty file', new Uint8Array(), 'carta.xlsx', 'Ese archivo está vacío.'],
    [
      'one with a password',
      encryptedWorkbook(),
      'carta.xlsx',
      'Tiene contraseña: quítala y vuelve a subirlo.',
    ],
    [
      'one of Excel 97',
      oldWorkbook(),
      'carta.xls',
      'Guárdalo como .xlsx: en Excel, Archivo, Guardar como, Libro de Excel.',
    ],
  ])('%s', async (_, bytes, name, sentence) => {
    const before = await kept()
    for (const path of ['/productos/importar', '/configurar/productos/excel']) {
      const answer = await upload(bytes, { path, name })
      expect(answer.status).toBe(422)
      expect(plain(await answer.text())).toContain(sentence)
    }
    expect(await kept()).toBe(before)
  })
  test('none at all', async () => {
    const answer = await ask('/productos/importar', { form: { file: 'texto' } })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('Elige tu archivo de Excel.')
  })
  test('15 MB and more, up to what is not even read: the page says so', async () => {
    for (const megabytes of [15.5, 17]) {
      const answer = await upload(new Uint8Array(megabytes * 1_000_000))
      expect(answer.status).toBe(422)
      expect(plain(await answer.text())).toContain('Pesa más de 15 MB.')
    }
  })
  test('a sending that is cut in the middle leaves nothing', async () => {
    const before = await kept()
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(
          Buffer.from('--x\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\nPK'),
        )
        controller.error(new Error('cut'))
      },
    })
    const headers = { 'Content-Type': 'multipart/form-data; boundary=x', 'Content-Length': '5000' }
    const answer = await ask('/productos/importar', { body, headers, duplex: 'half' } as never)
    expect(answer.status).toBe(422)
    expect(await kept()).toBe(before)
  })
})

test('the workbooks that go out', async () => {
  for (const path of ['/productos/plantilla.xlsx', '/productos/plantilla.xlsx?con=productos']) {
    const answer = await ask(path)
    expect(answer.headers.get('Content-Type')).toContain('spreadsheetml')
    expect(answer.headers.get('Content-Disposition')).toMatch(/attachment; filename="[\w-]+\.xlsx"/)
  }
  const reasons = await ask(`${await reviewed(await uglyList())}/motivos.xlsx`)
  expect(
    Buffer.from(await reasons.arrayBuffer())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK')
  const back = await reviewed(
    new Uint8Array(await (await ask('/productos/plantilla.xlsx?con=productos')).arrayBuffer()),
  )
  expect(plain(await read(back))).toContain('No hay nada que guardar')
})

test('in the wizard the same, and the way back to it', async () => {
  const answer = await upload(await uglyList(), { path: '/configurar/productos/excel' })
  const review = answer.headers.get('Location') ?? ''
  expect(review).toContain('desde=configurar')
  const html = await read(review)
  expect(plain(html)).toContain('Paso 4 de 4')
  const action = /action="([^"]*guardado[^"]*)"/.exec(html)?.[1] ?? ''
  const saved = await ask(action, { method: 'POST', body: '' })
  await importsSettled()
  const done = await read(saved.headers.get('Location') ?? '')
  expect(plain(done)).toMatch(/Terminar con \d+ productos/)
  expect(done).toContain('href="/configurar/productos"')
  const refused = await upload(picture, { path: '/configurar/productos/excel' })
  expect(plain(await refused.text())).toContain('Paso 4 de 4')
})

test('discarded, it is gone from the list and leads back to the upload', async () => {
  const path = await reviewed(await workbook([titles, ['Nada', 1]]))
  expect((await ask(`${path}/descarte`, { method: 'POST', body: '' })).headers.get('Location')).toBe(
    '/productos/importar',
  )
  expect((await ask(path)).headers.get('Location')).toBe('/productos/importar')
  expect((await ask(`${path}/guardado`, { method: 'POST', body: '' })).headers.get('Location')).toBe(
    '/productos/importar',
  )
})

const everyAddress = (path: string): [string, 'GET' | 'POST'][] => [
  [path, 'GET'],
  [`${path}/avance`, 'GET'],
  [`${path}/deshacer`, 'GET'],
  [`${path}/motivos.xlsx`, 'GET'],
  ...['columnas', 'opciones', 'celdas', 'guardado', 'descarte', 'deshecho'].map((noun): [string, 'POST'] => [
    `${path}/${noun}`,
    'POST',
  ]),
]

test("Carla's business knows nothing of Rosa's import", async () => {
  const path = await reviewed(await uglyList())
  const carla = await app.as(await readyTenant('Chifa Carla'))
  for (const [address, method] of everyAddress(path)) {
    expect((await carla(address, { method })).status, address).toBe(404)
  }
  expect((await ask(path)).status).toBe(200)
})

test('Beto the cashier may not', async () => {
  const path = await reviewed(await uglyList())
  const [{ insertId }] = await rosa.db
    .insert(staff)
    .values({ name: 'Beto', role: 'cajera', createdAt: new Date() })
  const databases = await testDatabases()
  const beto = await app.as(await coOwner(databases, { ...rosa, staff: { ...rosa.staff, id: insertId } }))
  const before = await kept()
  for (const [address, method] of [
    ...everyAddress(path),
    ['/productos/importar', 'GET'],
    ['/productos/plantilla.xlsx?con=productos', 'GET'],
  ] as [string, 'GET' | 'POST'][]) {
    expect((await beto(address, { method })).status, address).toBe(403)
  }
  expect((await upload(await uglyList(), { as: beto })).status).toBe(403)
  expect(await kept()).toBe(before)
})
