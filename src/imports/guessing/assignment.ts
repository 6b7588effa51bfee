import type { RawRow } from '../cells.ts'
import type { Field } from '../mapping.ts'
import { meaningsOf } from './headings.ts'
import { type Looks, looksOf } from './looks.ts'

type Candidate = { field: Field; column: number; worth: number }

/** Gives each field the column whose title and content speak for it most; no field twice, no column twice. */
export function assign(
  titles: readonly string[],
  rows: readonly RawRow[],
): { columns: (Field | null)[]; worth: number } {
  const width = rows.reduce((most, row) => Math.max(most, row.cells.length), titles.length)
  const looks = Array.from({ length: width }, (_, column) => looksOf(rows, column))
  const columns: (Field | null)[] = looks.map(() => null)
  const titled = looks.flatMap((column, at) => titledCandidates(titles[at] ?? '', column, at))
  let worth = take(titled, columns)
  // «Plato» and «Costo»: what it costs the customer, when nothing else is a price.
  const cost = columns.indexOf('cost')
  if (cost >= 0 && !columns.includes('price') && looks[cost]!.figures > 0.3) columns[cost] = 'price'
  worth += take(
    looks.flatMap((column, at) => untitledCandidates(titles[at] ?? '', column, at, titles.length === 0)),
    columns,
  )
  return { columns, worth }
}

function take(candidates: Candidate[], columns: (Field | null)[]): number {
  let worth = 0
  for (const candidate of candidates.toSorted((a, b) => b.worth - a.worth || a.column - b.column)) {
    if (candidate.worth < 3 || columns[candidate.column] || columns.includes(candidate.field)) continue
    columns[candidate.column] = candidate.field
    worth += candidate.worth
  }
  return worth
}

function titledCandidates(title: string, looks: Looks, column: number): Candidate[] {
  const meanings = meaningsOf(title)
  if (meanings.code && !meanings.barcode) meanings.barcode = 4
  return Object.entries(meanings).map(([field, weight]) => ({
    field: field as Field,
    column,
    worth: weight + (looks.filled === 0 ? emptied[field as Field] : fits[field as Field](looks)),
  }))
}

/** A column with its title and nothing below yet: the template's own, or one of two alike. */
const emptied: Record<Field, number> = {
  name: -4,
  price: -4,
  category: -1,
  code: -1,
  barcode: -1,
  stock: -1,
  cost: -1,
  unit: -1,
  affectation: -1,
  presentation: -1,
  favourite: -1,
  available: -1,
}

const money = (looks: Looks) =>
  looks.scanned > 0.3 ? -12 : looks.figures > 0.5 ? 3 : looks.figures > 0 ? 0 : -8

/** How well the content of a column goes with what its title says. */
const fits: Record<Field, (looks: Looks) => number> = {
  name: (looks) => {
    if (looks.isCounter) return -12
    if (looks.words < 0.3) return looks.words === 0 ? -7 : -4
    return 2 + looks.distinct + (looks.averageLength > 70 ? -3 : 0)
  },
  price: money,
  cost: money,
  category: (looks) => (looks.words > 0.5 ? 3 - 4 * looks.distinct * Number(looks.filled > 12) : -6),
  code: (looks) => (looks.scanned > 0.6 ? -4 : looks.averageLength > 32 ? -8 : 1 + looks.distinct),
  barcode: (looks) => {
    if (looks.scanned > 0.5) return 8
    return looks.digits > 0.4 ? 4 : looks.words > 0.5 ? -8 : 0
  },
  stock: (looks) => (looks.figures > 0.5 ? 3 - 6 * looks.scanned : looks.words > 0.5 ? -12 : 0),
  unit: (looks) => (looks.units > 0.4 ? 4 : looks.figures > 0.7 ? -9 : -2),
  affectation: (looks) => (looks.affectations > 0.4 ? 4 : looks.figures > 0.5 ? -12 : -2),
  presentation: (looks) => (looks.averageLength > 60 ? -6 : looks.words > 0 ? 2 : 0),
  favourite: (looks) => (looks.yesOrNo > 0.5 ? 3 : -9),
  available: (looks) => (looks.yesOrNo > 0.5 ? 3 : looks.figures > 0.5 ? -12 : -6),
}

/** By content alone: for lists without titles, and for the columns whose title says nothing to us. */
function untitledCandidates(title: string, looks: Looks, column: number, hasNoTitles: boolean): Candidate[] {
  if (looks.filled === 0 || looks.isCounter || Object.keys(meaningsOf(title)).length > 0) return []
  const candidates: Candidate[] = []
  const add = (field: Field, worth: number) => candidates.push({ field, column, worth })
  if (looks.words > 0.6) add('name', 4 + 3 * looks.distinct + Math.min(2, looks.averageLength / 10))
  if (looks.scanned > 0.6) add('barcode', 9)
  else if (looks.figures > 0.6 && looks.averageFigure < 100_000) {
    add('price', 5 + 3 * looks.coins + Math.min(0.9, looks.averageFigure / 1_000))
    if (hasNoTitles && looks.whole > 0.9) add('stock', 4)
  }
  if (!hasNoTitles) return candidates
  if (looks.units > 0.8) add('unit', 8)
  else if (looks.words > 0.6 && looks.distinct < 0.5 && looks.filled > 3) add('category', 4 - looks.distinct)
  if (looks.distinct > 0.9 && looks.averageLength <= 12 && looks.words < 0.5 && looks.figures < 0.5)
    add('code', 5)
  return candidates
}
