import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rawBook } from '../../../tests/corpus/raw.ts'
import type { RawSheet } from '../cells.ts'
import { packed, unpackInto } from './pieces.ts'
import { readSheets } from './read.ts'

// What is written into a sheet is what comes out of it, cell by cell, whatever the cells hold.

const word = fc
  .string({ unit: fc.constantFrom(...'aeñÁ½🍗 ,;"\'=+-@.:/<>&\t\n019'), maxLength: 12 })
  .map((text) => text.trim())
  .filter((text) => !/_x[\dA-F]{4}_/i.test(text))
const number = fc.oneof(
  fc.integer({ min: -1e6, max: 1e13 }),
  fc.integer({ min: 0, max: 1e7 }).map((cents) => cents / 100),
)
const grid = <T>(cell: fc.Arbitrary<T>) =>
  fc.array(fc.array(cell, { minLength: 2, maxLength: 6 }), { minLength: 1, maxLength: 12 })

const textsOf = (sheet: RawSheet | undefined, rows: number) =>
  Array.from(
    { length: rows },
    (_, at) => sheet?.rows.find((row) => row.number === at + 1)?.cells.map((cell) => cell?.text ?? '') ?? [],
  )

const expected = (rows: (string | number)[][]) =>
  rows.map((row) => {
    const texts = row.map(String)
    while (texts.at(-1) === '') texts.pop()
    return texts
  })

const hasWords = (rows: (string | number)[][]) => rows.flat().some((cell) => /[\p{L}\d]/u.test(String(cell)))

test('a workbook', async () => {
  await fc.assert(
    fc.asyncProperty(grid(fc.oneof(word, number)).filter(hasWords), async (rows) => {
      const book = new ExcelJS.Workbook()
      book.addWorksheet('Hoja1').addRows(rows)
      const read = await readSheets(Buffer.from(await book.xlsx.writeBuffer()), 'a.xlsx')
      if (!read.ok) throw new Error(read.problem)
      expect(textsOf(read.sheets[0], rows.length)).toEqual(expected(rows))
    }),
    { numRuns: 60 },
  )
})

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`

test('a CSV with every field between quotes, whatever parts them', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(word, word, word), { minLength: 2, maxLength: 12 }).filter(hasWords),
      fc.constantFrom(',', ';', '\t'),
      fc.constantFrom<BufferEncoding>('utf8', 'utf16le'),
      async (typed, delimiter, encoding) => {
        // Which sign parts the columns is guessed; here it is also what the fields are full of.
        const rows = typed.map((row) => row.map((text) => text.replace(/[,;\t]/g, delimiter).trim()))
        const text = `\ufeff${rows.map((row) => row.map(quoted).join(delimiter)).join('\r\n')}\r\n`
        const read = await readSheets(Buffer.from(text, encoding), 'a.csv')
        if (!read.ok) throw new Error(read.problem)
        expect(textsOf(read.sheets[0], rows.length)).toEqual(expected(rows))
      },
    ),
    { numRuns: 200 },
  )
})

test('half a letter, as `_xD800_` writes it, becomes a sign that can be kept', async () => {
  const read = await readSheets(
    Buffer.from(
      rawBook({
        sheets: [
          {
            name: 'a',
            data: '<row><c t="s"><v>0</v></c><c t="inlineStr"><is><t>b_xDC00_</t></is></c><c t="str"><v>c&#xD800;</v></c></row>',
          },
        ],
        strings: ['a_xD800_'],
      }),
    ),
    'a.xlsx',
  )
  expect(textsOf(read.ok ? read.sheets[0] : undefined, 1)).toEqual([['a\ufffd', 'b\ufffd', 'c\ufffd']])
})

test('a piece ends by its letters as well', () => {
  const rows = Array.from({ length: 40 }, (_, at) => ({
    number: at + 1,
    cells: [{ text: 'x'.repeat(32_000), kind: 'text' as const }],
  }))
  const pieces = [...packed([{ name: 'a', rows }])]
  expect(pieces.map(({ numbers }) => numbers.length)).toEqual([7, 7, 7, 7, 7, 5])
})

test('any bytes at all get an answer', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.boolean(), async (bytes, isZip) => {
      const head = isZip ? [0x50, 0x4b, 3, 4] : []
      expect(await readSheets(Buffer.from([...head, ...bytes]), 'a')).toHaveProperty('ok')
    }),
    { numRuns: 300 },
  )
})

test('sheets pass from thread to thread unchanged', () => {
  const cell = fc.record({
    text: word,
    kind: fc.constantFrom(
      'text' as const,
      'number' as const,
      'date' as const,
      'boolean' as const,
      'error' as const,
    ),
  })
  const row = fc.record({ number: fc.nat(), cells: fc.array(fc.option(cell), { maxLength: 5 }) })
  fc.assert(
    fc.property(
      fc.array(fc.record({ name: word, rows: fc.array(row, { minLength: 1, maxLength: 5 }) }), {
        minLength: 1,
      }),
      (sheets) => {
        const back: RawSheet[] = []
        for (const piece of packed(sheets)) unpackInto(back, structuredClone(piece))
        expect(back).toEqual(sheets)
      },
    ),
  )
})
