import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Databases } from '#src/db/databases.ts'
import { machineLease } from '#src/jobs/machine-lease.ts'
import { ownDatabases } from '../../tests/support/database.ts'
import { workbook, zip } from '../../tests/support/sheets.ts'
import { readFile } from './reader.ts'

let machine: { databases: Databases; clock: () => Date }
let own: Awaited<ReturnType<typeof ownDatabases>>

beforeAll(async () => {
  own = await ownDatabases()
  machine = { databases: own.databases, clock: () => new Date() }
})
afterAll(() => own.stop())

const read = (bytes: Uint8Array, name = 'lista.xlsx') => readFile(bytes, name, machine)

test("Rosa's list comes back cell by cell", async () => {
  const answer = await read(
    await workbook([['Nombre', 'Precio'], ['Lomo saltado', 18], [], ['Ceviche', null]]),
  )
  expect(answer).toEqual({
    ok: true,
    sheets: [
      {
        name: 'Productos',
        rows: [
          {
            number: 1,
            cells: [
              { text: 'Nombre', kind: 'text' },
              { text: 'Precio', kind: 'text' },
            ],
          },
          {
            number: 2,
            cells: [
              { text: 'Lomo saltado', kind: 'text' },
              { text: '18', kind: 'number' },
            ],
          },
          { number: 4, cells: [{ text: 'Ceviche', kind: 'text' }] },
        ],
      },
    ],
  })
})

test('a list of twenty thousand rows arrives whole and in order', async () => {
  const lines = Array.from({ length: 20_000 }, (_, at) => `Producto ${at};${at % 90};A${at}`)
  const answer = await read(Buffer.from(`Producto;Precio;Código\n${lines.join('\n')}`), 'lista.csv')
  if (!answer.ok) throw new Error(answer.problem)
  const [sheet] = answer.sheets
  expect(sheet!.rows).toHaveLength(20_001)
  expect(sheet!.rows.every((row, at) => row.number === at + 1)).toBe(true)
  expect(sheet!.rows.at(-1)!.cells[0]!.text).toBe('Producto 19999')
})

test('a file that fills the memory of its worker is refused, and the next is read', async () => {
  const strings = '<si><t>abcdefghijklmnopqrstuvwxyzñ</t></si>'.repeat(1_500_000)
  const greedy = zip({
    'xl/workbook.xml': Buffer.from(
      '<workbook xmlns:r="r"><sheets><sheet name="a" r:id="b"/></sheets></workbook>',
    ),
    'xl/sharedStrings.xml': Buffer.from(`<sst>${strings}</sst>`),
  })
  expect(await read(greedy)).toMatchObject({ ok: false, problem: 'too-big-inside' })
  expect(await read(await workbook([['Nombre'], ['Ají']]))).toMatchObject({ ok: true })
})

test('many at once: some are read in turn, who comes too late is told so', async () => {
  const bytes = await workbook([
    ['Nombre', 'Precio'],
    ['Ají', 1],
  ])
  const answers = await Promise.all(Array.from({ length: 8 }, () => read(bytes)))
  expect(answers.filter(({ ok }) => ok)).toHaveLength(4)
  expect(answers.filter((answer) => !answer.ok && answer.problem === 'busy')).toHaveLength(4)
})

test('the reading waits for another process of this machine', async () => {
  const lease = await machineLease(machine.databases.admin, 'read-file', { ...machine, waitMs: 0 })
  let isRead = false
  const answer = read(await workbook([['Nombre'], ['Ají']])).then((result) => {
    isRead = true
    return result
  })
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(isRead).toBe(false)
  await lease!.release()
  expect(await answer).toMatchObject({ ok: true })
})

test('no file and a file above the limit are told before anything starts', async () => {
  expect(await read(new Uint8Array())).toMatchObject({ problem: 'empty' })
  expect(await read(new Uint8Array(15_000_001))).toMatchObject({ problem: 'too-large' })
})
