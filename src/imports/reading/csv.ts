import type { Cell, RawRow } from '../cells.ts'
import { newBudget, put } from './budget.ts'
import { Refusal } from './container.ts'
import { decodeText } from './decode.ts'
import { type CountedSheet, keptRows } from './sheet.ts'

/** A list saved as text: whatever parts its columns, whatever alphabet it was written in. */
export function readCsv(bytes: Buffer, fileName: string): CountedSheet {
  const decodedText = decodeText(bytes)
  if (decodedText === null) throw new Refusal('not-excel')
  const text = decodedText.replace(/^\ufeff/, '')
  if (!/[\p{L}\p{N}]/u.test(text)) throw new Refusal('empty')
  if (/^\s*(?:<(?:!doctype html|html|table|head|body|meta|\?xml|div)|mime-version:)/i.test(text))
    throw new Refusal('old-excel')
  if (/^\s*(?:\{\s*["}]|\[\s*[[{])/.test(text)) throw new Refusal('not-excel')
  const told = /^sep=(.)\r?\n/i.exec(text)
  const body = told ? text.slice(told[0].length) : text
  const delimiter = told?.[1] ?? delimiterOf(body)
  const name = fileName.replace(/^.*[\\/]/, '').replace(/\.\w{1,5}$/, '')
  const { rows, total } = rowsOf(unquoted(body, delimiter), delimiter)
  return { name: (name || 'Hoja1').slice(0, 120), rows, total }
}

function rowsOf(text: string, delimiter: string): { rows: RawRow[]; total: number } {
  const rows: RawRow[] = []
  const budget = newBudget()
  let total = 0
  let number = 0
  for (const fields of records(text, delimiter)) {
    number++
    const texts = fields.slice(0, 256).map((field) => field.trim())
    if (!texts.some(Boolean)) continue
    total++
    if (rows.length >= keptRows) continue
    const row: RawRow = { number, cells: [] }
    texts.forEach((text, column) => {
      if (text !== '') put(row, column, cellOf(text), budget)
    })
    rows.push(row)
  }
  return { rows, total }
}

const cellOf = (text: string): Cell => ({ text: text.slice(0, 32_767).toWellFormed(), kind: 'text' })

const candidates = [';', '\t', ',', '|']

/** What parts most lines into the same number of columns. */
function delimiterOf(text: string): string {
  const start = text.slice(0, 60_000)
  let best = { delimiter: ',', worth: 0 }
  for (const delimiter of candidates) {
    const counts = new Map<number, number>()
    let lines = 0
    for (const fields of records(start, delimiter)) {
      if (fields.every((field) => field.trim() === '')) continue
      counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1)
      if (++lines === 60) break
    }
    const [columns, same] = [...counts].reduce(
      (a, b) => (b[0] > 1 && (b[1] > a[1] || a[0] < 2) ? b : a),
      [1, 0],
    )
    const worth = columns < 2 ? 0 : (same / lines) * Math.min(3, Math.log2(columns))
    if (worth > best.worth + 1e-9) best = { delimiter, worth }
  }
  return best.delimiter
}

/** Some programs put each whole line between quotes: `"Arroz,""4.50"""`. Then the lines are what is inside. */
function unquoted(text: string, delimiter: string): string {
  const lines: string[] = []
  for (const fields of records(text.slice(0, 20_000), delimiter)) {
    if (fields.length > 1) return text
    if (fields[0]?.trim()) lines.push(fields[0])
    if (lines.length === 30) break
  }
  const isQuoted = lines.length > 1 && lines.slice(0, -1).every((line) => line.includes(delimiter))
  if (!isQuoted) return text
  return Array.from(records(text, delimiter), (fields) => fields.join(delimiter)).join('\n')
}

/**
 * The records of RFC 4180, and of those who never read it: a quote in the middle of a field is a quote (1/2"),
 * and one that is never closed is one too.
 */
export function* records(text: string, delimiter: string): Generator<string[]> {
  let fields: string[] = []
  let at = 0
  let mayQuote = true
  while (at < text.length) {
    const quote = mayQuote ? quoteAt(text, at) : -1
    if (quote >= 0) {
      at = quote
      const end = closing(text, at, delimiter)
      if (end > 0) {
        fields.push(text.slice(at + 1, end).replaceAll('""', '"'))
        at = end + 1
        while (text[at] === ' ') at++
      } else {
        mayQuote = text.length - at < 100_000
        const stop = fieldEnd(text, at, delimiter)
        fields.push(text.slice(at, stop))
        at = stop
      }
    } else {
      const stop = fieldEnd(text, at, delimiter)
      fields.push(text.slice(at, stop))
      at = stop
    }
    if (text[at] === delimiter) {
      at++
      if (at < text.length) continue
      fields.push('')
    }
    yield fields
    fields = []
    if (text[at] === '\r' && text[at + 1] === '\n') at++
    at++
  }
}

/** Where a field begins with a quote, after the spaces that some put there; -1 when it does not. */
function quoteAt(text: string, from: number): number {
  let at = from
  while (text[at] === ' ') at++
  return text[at] === '"' ? at : -1
}

/** The quote that closes a field: one that the end of a field follows. 0 when there is none. */
function closing(text: string, open: number, delimiter: string): number {
  let at = open
  for (;;) {
    at = text.indexOf('"', at + 1)
    if (at < 0) return 0
    if (text[at + 1] === '"') {
      at++
      continue
    }
    let next = at + 1
    while (text[next] === ' ') next++
    const after = text[next]
    if (after === undefined || after === delimiter || after === '\n' || after === '\r') return at
  }
}

function fieldEnd(text: string, from: number, delimiter: string): number {
  let at = from
  while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at++
  return at
}
