import { monitorEventLoopDelay } from 'node:perf_hooks'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Databases } from '#src/db/databases.ts'
import { machineLease } from '#src/jobs/machine-lease.ts'
import { rawBook } from '../../tests/corpus/raw.ts'
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
    mapping: { sheet: 0, headerRow: 1, columns: ['name', 'price'] },
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

test('a text that 152,000 cells name is refused, and this thread holds none of them', async () => {
  const row = `<row>${'<c t="s"><v>0</v></c>'.repeat(8)}</row>`
  const bomb = rawBook({
    sheets: [{ name: 'a', data: row.repeat(19_000) }],
    strings: ['x'.repeat(32_000)],
  })
  const before = process.memoryUsage().heapUsed
  expect(await read(bomb)).toMatchObject({ ok: false, problem: 'too-big-inside' })
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(50_000_000)
})

test('the columns of many sheets are guessed where they are read: this thread goes on', async () => {
  const line = (at: number) =>
    `<row>${Array.from({ length: 33 }, (_, column) => `<c t="inlineStr"><is><t>Producto ${at} ${column}</t></is></c>`).join('')}</row>`
  const data = Array.from({ length: 150 }, (_, at) => line(at)).join('')
  const book = rawBook({ sheets: Array.from({ length: 40 }, (_, at) => ({ name: `Hoja ${at}`, data })) })
  const delays = monitorEventLoopDelay({ resolution: 5 })
  delays.enable()
  const answer = await read(book)
  delays.disable()
  expect(answer.ok && answer.sheets.length).toBe(30)
  expect(delays.max / 1e6).toBeLessThan(500)
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
