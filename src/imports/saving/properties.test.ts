import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { type ReadyTenant, readyTenant, testDatabases } from '../../../tests/support/database.ts'
import { type SheetCell, save, shelves, upload } from '../../../tests/support/imports.ts'
import { createImport, setOptions, undoImport } from '../actions.ts'
import { exportWorkbook } from '../export.ts'
import { findImport } from '../queries.ts'
import { readFile } from '../reader.ts'

let rosa: ReadyTenant
beforeAll(async () => {
  rosa = await readyTenant()
})

const nothing = { created: 0, priceChanged: 0, otherChanged: 0 }
const now = () => new Date()

// Few words, so that rows and products meet by name, by code and by barcode, and get in each other's way.
const name = fc.constantFrom(
  '1/4 pollo',
  'ARROZ',
  'Arroz',
  'Piña',
  'Pina',
  '=2+2',
  'Ají',
  'Té & "mate"',
  'Polo',
  'Leche',
)
const orEmpty = (text: fc.Arbitrary<string>) => fc.oneof(fc.constant(''), text)
const row: fc.Arbitrary<SheetCell[]> = fc.tuple(
  name,
  fc.integer({ min: 1, max: 9_999 }).map((centimos) => centimos / 100),
  orEmpty(fc.constantFrom('Pollos', 'bebidas', 'Nueva', 'NUEVA', 'Otra ñ')),
  orEmpty(fc.constantFrom('A1', 'a1', 'B2', 'ñ3', '-C4')),
  orEmpty(fc.constantFrom('7750182000123', '7751234567892', '7759999999998')),
  fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 50 })),
  fc.oneof(
    fc.constant(null),
    fc.integer({ min: 1, max: 999 }).map((centimos) => centimos / 100),
  ),
  orEmpty(fc.constantFrom('unidad', 'kg')),
  orEmpty(fc.constantFrom('Gravado', 'Exonerado', 'Inafecto')),
  orEmpty(fc.constantFrom('caja x 12', 'bolsa')),
  orEmpty(fc.constantFrom('sí', 'no')),
  orEmpty(fc.constantFrom('sí', 'no')),
)
const file = fc.array(row, { minLength: 1, maxLength: 8 })
const matchBy = fc.constantFrom('code' as const, 'barcode' as const, 'name' as const)
// The same files each time; FC_SEED looks for others.
const runs = { numRuns: 25, endOnFailure: true, seed: Number(process.env.FC_SEED ?? 20_261_123) }

async function load(rows: SheetCell[][], by: 'code' | 'barcode' | 'name') {
  const id = await upload(rosa.db, rows)
  await setOptions(rosa.db, id, { matchBy: by }, now())
  return (await findImport(rosa.db, id, now()))!
}

const changes = ({
  created,
  priceChanged,
  otherChanged,
}: {
  created: number
  priceChanged: number
  otherChanged: number
}) => created + priceChanged + otherChanged

test('the same file twice changes nothing the second time', { timeout: 120_000 }, () =>
  fc.assert(
    fc.asyncProperty(file, matchBy, async (rows, by) => {
      const first = await load(rows, by)
      if (changes(first.summary) > 0)
        expect(await save(rosa.db, first.id)).toMatchObject({ status: 'guardada' })
      const before = await shelves(rosa.db)
      const second = await load(rows, by)
      expect(second.summary).toMatchObject(nothing)
      expect(await shelves(rosa.db)).toEqual(before)
    }),
    runs,
  ),
)

test('undone, everything is as before', { timeout: 120_000 }, () =>
  fc.assert(
    fc.asyncProperty(file, matchBy, fc.boolean(), async (rows, by, adds) => {
      const { id, summary } = await load(rows, by)
      if (changes(summary) === 0) return
      if (adds) await setOptions(rosa.db, id, { stockMode: 'add' }, now())
      const before = await shelves(rosa.db)
      expect(await save(rosa.db, id)).toMatchObject({ status: 'guardada' })
      expect(await undoImport(rosa.db, id, rosa.staff, now())).toEqual({ ok: true, kept: 0 })
      expect(await shelves(rosa.db)).toEqual(before)
    }),
    runs,
  ),
)

test('what is exported changes nothing when it is uploaded', { timeout: 120_000 }, () =>
  fc.assert(
    fc.asyncProperty(file, matchBy, async (rows, by) => {
      const { id, summary } = await load(rows, by)
      if (changes(summary) > 0) await save(rosa.db, id)
      const machine = { databases: await testDatabases(), clock: now }
      const read = await readFile(await exportWorkbook(rosa.db), 'mis-productos.xlsx', machine)
      if (!read.ok) throw new Error(`not read: ${read.problem}`)
      const back = await createImport(rosa.db, rosa.staff, 'mis-productos.xlsx', read, now())
      if (!back.ok) throw new Error(`not planned: ${back.problem}`)
      expect((await findImport(rosa.db, back.id, now()))!.summary).toMatchObject(nothing)
    }),
    { ...runs, numRuns: 20 },
  ),
)
