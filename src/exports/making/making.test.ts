import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import ExcelJS from 'exceljs'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { categories, products, sales, staff } from '#src/db/tenant-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { setPhoto } from '#src/products/photo/actions.ts'
import { charge } from '#src/sales/actions.ts'
import { testDatabases } from '../../../tests/support/database.ts'
import { monday, openShop, order, type Shop } from '../../../tests/support/till.ts'
import { openedZip, restoreSql } from '../../../tests/support/unzipped.ts'
import { makeZip } from './actions.ts'

const folder = mkdtempSync(join(tmpdir(), 'sk-export-'))
const file = join(folder, 'exports', 'todo.zip')
const ugly = '=2+2 «Ñandú» 🍗\n\\\'"`;\r\n-- DROP\tTABLE\u001a <b>'
const picture = Buffer.concat([
  Buffer.from('RIFF\0\0\0\0WEBPVP8 '),
  Buffer.from([0, 39, 92, 10, 13, 26, 255]),
])
let rosa: Shop
let zip: ReturnType<typeof openedZip>

const making = (
  onProgress: (progress: { done: number; all: number }) => void,
  signal = new AbortController().signal,
) => ({
  db: rosa.db,
  business: rosa.tenant,
  now: monday,
  signal,
  onProgress,
})

beforeAll(async () => {
  rosa = await openShop('Pollería Rosita')
  await rosa.db.update(staff).set({ pinHash: '$argon2id$secreto' }).where(eq(staff.id, rosa.beto.id))
  await rosa.db.update(products).set({ name: ugly }).where(eq(products.id, rosa.products.soda))
  const photo = { type: 'image/webp' as const, bytes: picture }
  await setPhoto(rosa.db, { id: rosa.products.whole, photoId: null }, photo, monday)
  for (let n = 0; n < 3; n++) await sell()
  zip = openedZip(await made())
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function sell() {
  const charged = await charge(rosa.db, rosa.tenant, rosa.beto, order(rosa), monday)
  if (!charged.ok) throw new Error(charged.problem)
}

async function made() {
  let last = { done: 0, all: 0 }
  const bytes = await makeZip(
    file,
    making((progress) => {
      last = progress
    }),
  )
  expect(bytes).toBe(statSync(file).size)
  expect(last.all).toBeGreaterThan(10)
  expect(last.done).toBe(last.all)
  return file
}

test('it holds a workbook for each table, a page for each ticket, the pictures and the database', () => {
  expect(zip.names).toContain('LEEME.txt')
  for (const name of [
    'productos',
    'ventas',
    'ventas-productos',
    'ventas-pagos',
    'turnos',
    'personal',
    'locales',
  ])
    expect(zip.names).toContain(`excel/${name}.xlsx`)
  expect(zip.names.filter((name) => name.startsWith('tickets/'))).toEqual([
    'tickets/NV01-000001.html',
    'tickets/NV01-000002.html',
    'tickets/NV01-000003.html',
  ])
  expect(zip.text('LEEME.txt')).toContain('Pollería Rosita')
  const photo = zip.names.find((name) => name.startsWith('fotos/')) ?? ''
  expect(photo).toMatch(/^fotos\/[0-9a-f]{64}\.webp$/)
  expect(zip.bytes(photo).equals(picture)).toBe(true)
})

test('only whoever runs the server may read it, and nothing is left beside it', () => {
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(statSync(join(folder, 'exports')).mode & 0o777).toBe(0o700)
  expect(readdirSync(join(folder, 'exports'))).toEqual(['todo.zip'])
})

test('a ticket opens from a folder: it is the paper of the sale, with its own style and nothing from elsewhere', () => {
  const html = zip.text('tickets/NV01-000002.html')
  expect(html).toMatch(/^<!doctype html>/)
  for (const part of [
    'NOTA DE VENTA',
    'NV01-000002',
    'Pollería Rosita',
    '23/11/2026 20:15',
    'S/\u00a030.00',
    '.ticket{',
  ])
    expect(html).toContain(part)
  expect(html).not.toMatch(/<link|<script|src=|url\(/)
})

test('the workbook speaks in soles and in the hours of Lima', async () => {
  const sheet = await sheetOf('ventas')
  const titles = sheet.getRow(1).values as string[]
  const cell = (title: string) => sheet.getRow(2).getCell(titles.indexOf(title))
  expect(sheet.rowCount).toBe(4)
  expect(cell('Total (S/)').value).toBe(30)
  expect(cell('Total (S/)').numFmt).toBe('#,##0.00')
  expect(cell('Vendido').value).toEqual(new Date('2026-11-23T20:15:00Z'))
})

test('a name that begins with = is a text, never a formula', async () => {
  const sheet = await sheetOf('productos')
  const titles = sheet.getRow(1).values as string[]
  const cells = sheet.getColumn(titles.indexOf('Nombre')).values as string[]
  const row = cells.findIndex((value) => String(value).startsWith('=2+2'))
  const cell = sheet.getRow(row).getCell(titles.indexOf('Nombre'))
  expect(cell.formula).toBeUndefined()
  expect(cell.numFmt).toBe('@')
})

test('no PIN leaves the database, in no form', async () => {
  expect(zip.text('datos.sql')).not.toContain('secreto')
  const titles = (await sheetOf('personal')).getRow(1).values as string[]
  expect(titles.join(' ')).not.toMatch(/pin/i)
})

test('`mariadb nueva < datos.sql` gives every table back, row by row', async () => {
  const database = `nueva_${process.pid}`
  restoreSql(inject('testServer').socketPath, database, zip.text('datos.sql'))
  const databases = await testDatabases()
  const before = await checksums(databases.provision, rosa.tenant.nombreDb)
  const after = await checksums(databases.provision, database)
  expect(Object.keys(before).length).toBeGreaterThan(20)
  // The PINs are gone; every other column of the people is there.
  const people = await databases.provision((root) =>
    root.query(`select id, name, role, pin_hash from \`${database}\`.staff order by id`),
  )
  expect(people).toMatchObject([
    { id: 1, name: 'Rosa', role: 'dueno', pin_hash: null },
    { name: 'Beto', role: 'cajera', pin_hash: null },
  ])
  expect({ ...after, staff: null }).toEqual({ ...before, staff: null })
  const [name] = (await databases.provision((root) =>
    root.query(`select name from \`${database}\`.products where id = ?`, [rosa.products.soda]),
  )) as { name: string }[]
  expect(name?.name).toBe(ugly)
  await databases.provision((root) => root.query(`drop database \`${database}\``))
})

test('what is sold while it is made is not in it: all of it is of one instant', async () => {
  let sold: Promise<void> | undefined
  const second = join(folder, 'exports', 'segundo.zip')
  await makeZip(
    second,
    making(() => {
      sold ??= sell()
    }),
  )
  await sold
  const other = openedZip(second)
  expect(other.names.filter((name) => name.startsWith('tickets/'))).toHaveLength(3)
  expect(other.text('datos.sql')).not.toContain(",'NV01',4,")
  expect(await rosa.db.$count(sales)).toBe(4)
})

test('an export that is stopped leaves no file at all', async () => {
  const stopping = new AbortController()
  const third = join(folder, 'exports', 'tercero.zip')
  const stopped = makeZip(
    third,
    making(() => stopping.abort(new Error('basta')), stopping.signal),
  )
  await expect(stopped).rejects.toThrow('basta')
  expect(readdirSync(join(folder, 'exports')).filter((name) => name.startsWith('tercero'))).toEqual([])
})

test('a table longer than a page is whole', async () => {
  await inTransaction(rosa.db, async (tx) => {
    await tx
      .insert(categories)
      .values(Array.from({ length: 1203 }, (_, at) => ({ name: `Categoría ${at}`, position: at + 10 })))
    return { ok: true }
  })
  const fourth = join(folder, 'exports', 'cuarto.zip')
  await makeZip(
    fourth,
    making(() => {}),
  )
  const inserted =
    openedZip(fourth)
      .text('datos.sql')
      .match(/'Categoría \d+'/g) ?? []
  expect(new Set(inserted).size).toBe(1203)
  expect(inserted).toHaveLength(1203)
})

async function sheetOf(name: string) {
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(zip.bytes(`excel/${name}.xlsx`) as unknown as ExcelJS.Buffer)
  return book.worksheets[0]!
}

type Provision = Awaited<ReturnType<typeof testDatabases>>['provision']

async function checksums(provision: Provision, database: string): Promise<Record<string, string>> {
  const tables = (await provision((root) =>
    root.query('select table_name as name from information_schema.tables where table_schema = ?', [database]),
  )) as { name: string }[]
  const list = tables.map(({ name }) => `\`${database}\`.\`${name}\``).join(', ')
  const rows = (await provision((root) => root.query(`checksum table ${list}`))) as {
    Table: string
    Checksum: string
  }[]
  return Object.fromEntries(rows.map((row) => [row.Table.split('.').at(-1) ?? '', String(row.Checksum)]))
}
