import { fold } from '#src/lib/text.ts'
import { addressOf } from '../cells.ts'
import type { Field } from '../mapping.ts'
import type { ImportRow } from '../rows.ts'

/**
 * «Fila 40 repite el código 7750182000123 de la fila 12.» The second is refused, the first goes in. Names must be
 * the only ones where a row has neither code nor barcode to be told by.
 */
export function findRepeats(rows: readonly ImportRow[], columns: ReadonlyMap<Field, number>): void {
  const seen = { code: new Map(), barcode: new Map(), name: new Map() } satisfies Seen
  for (const row of rows) {
    const { code, barcode, name } = row.values
    const repeats: [Told, string, ImportRow][] = []
    const look = (field: Told, key: string, what: string) => {
      const first = (seen as Seen)[field].get(key)
      if (first) repeats.push([field, what, first])
      else (seen as Seen)[field].set(key, row)
    }
    if (code) look('code', codeKey(code), `el código ${code}`)
    if (barcode) look('barcode', codeKey(barcode), `el código ${barcode}`)
    if (name) look('name', fold(name), `«${name}»`)
    const repeat = repeats.find(([field, , first]) => field !== 'name' || !hasCode(first) || !hasCode(row))
    if (!repeat) continue
    const [field, what, first] = repeat
    const cell = addressOf(columns.get(field) ?? 0, row.number)
    row.problems.push({ field, cell, text: `Fila ${row.number} repite ${what} de la fila ${first.number}.` })
  }
}

type Told = 'code' | 'barcode' | 'name'
type Seen = Record<Told, Map<string, ImportRow>>

const hasCode = ({ values }: ImportRow) => Boolean(values.code || values.barcode)

/** As the database compares codes: «Ñ1» and «n1» are one there. */
const codeKey = (code: string) => fold(code).replaceAll('ñ', 'n')
