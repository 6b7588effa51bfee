import { expect, test } from 'vitest'
import { readSheets } from '#src/imports/reading/read.ts'
import { readRows } from '#src/imports/rows.ts'
import type { Case } from './case.ts'
import { cells } from './cells.ts'
import { layouts } from './layouts.ts'
import { programs } from './programs.ts'
import { refused } from './refused.ts'
import { texts } from './texts.ts'

// Files as owners really keep them, made here, each with what a person reads from it.

const corpus: Case[] = [...layouts, ...cells, ...programs, ...texts]

async function importOf({ file, fileName = 'lista.xlsx' }: Case) {
  const read = await readSheets(Buffer.from(await file()), fileName)
  if (!read.ok) return { problem: read.problem, mapping: null, products: [], problems: [] }
  const { mapping } = read
  const { rows } = readRows(read.sheets, mapping)
  return {
    problem: null,
    mapping,
    products: rows.filter((row) => row.problems.length === 0).map(({ values }) => values),
    problems: rows.flatMap((row) => row.problems.map(({ text }) => text)),
  }
}

let unedited = 0
let readable = 0

for (const one of corpus) {
  test(one.name, async () => {
    const { problem, mapping, products, problems } = await importOf(one)
    expect(problem).toBeNull()
    const expected = one.reads.map(([name, priceCentimos, more]) => ({ name, priceCentimos, ...more }))
    if ((one.problems ?? []).length === 0) readable++
    expect(products).toMatchObject(expected)
    expect(problems).toEqual(one.problems ?? [])
    if (one.headerRow !== undefined) expect(mapping?.headerRow).toBe(one.headerRow)
    if (problems.length === 0) unedited++
  })
}

for (const { name, file, fileName = 'lista.xlsx', problem, rows } of refused) {
  test(`refused: ${name}`, async () => {
    const bytes = Buffer.from(await file())
    const started = performance.now()
    const read = await readSheets(bytes, fileName)
    // Of a minute that its worker has.
    expect(performance.now() - started).toBeLessThan(10_000)
    expect(read).toMatchObject({ ok: false, problem, ...(rows === undefined ? {} : { rows }) })
  })
}

test('what a person can read goes in with no edit', () => {
  process.stdout.write(
    `\n${unedited} of ${readable} import with no edit (${corpus.length} files, ${refused.length} refused)\n`,
  )
  expect(corpus.length).toBeGreaterThanOrEqual(60)
  expect(unedited).toBe(readable)
})
