import { formatCount } from '#src/lib/text.ts'
import { limits, nameProblem, tidy } from '#src/products/product.ts'
import { type Cell, textOf } from '../cells.ts'
import type { Field } from '../mapping.ts'
import type { ImportValues } from '../rows.ts'
import { withLostZeros } from './barcodes.ts'
import {
  cut,
  dateIn,
  isPlain,
  longestRead,
  plain,
  readCost,
  readPrice,
  saysNothing,
  type Value,
  type Writing,
} from './money.ts'
import { readStock } from './stock.ts'
import { affectationOf, unitOf, yesOrNo } from './words.ts'

export type FieldRead = { values?: ImportValues; problem?: string; note?: string }

/** What one cell says of its field. `problem` begins after the cell: «falta el nombre.» */
export function readField(field: Field, cell: Cell | null, writing: Writing): FieldRead {
  if (textOf(cell).length > longestRead) return { problem: tooLong[field] ?? notThat }
  return readers[field](cell, cell ? plain(cell.text) : '', writing)
}

const readers: Record<Field, (cell: Cell | null, text: string, writing: Writing) => FieldRead> = {
  name: readName,
  price: (cell, _, writing) => as('priceCentimos', readPrice(cell, writing)),
  cost: (cell, _, writing) => as('costCentimos', readCost(cell, writing)),
  stock: (cell, text, writing) => as('stockThousandths', readStock(cell, text, writing)),
  category: (cell) => readText('category', cell, limits.category),
  presentation: (cell) => readText('presentation', cell, limits.presentation),
  code: readCode,
  barcode: readBarcode,
  unit: readUnit,
  affectation: (_, text) => {
    if (text === '' || saysNothing(text)) return {}
    const affectation = affectationOf(text)
    return affectation
      ? { values: { affectation } }
      : { problem: `"${cut(text)}" no dice cómo va el IGV. Escribe gravado, exonerado o inafecto.` }
  },
  favourite: (_, text) => readYesOrNo('favourite', text),
  available: (_, text) => readYesOrNo('available', text),
}

const longerThan = (letters: number) => `pasa de ${formatCount(letters)} letras. Acórtalo.`
const nameTooLong = `el nombre ${longerThan(limits.name)}`
const notThat = longerThan(longestRead)
const tooLong: Partial<Record<Field, string>> = {
  name: nameTooLong,
  category: longerThan(limits.category),
  presentation: longerThan(limits.presentation),
  code: longerThan(limits.code),
  barcode: longerThan(limits.code),
}

function as<K extends keyof ImportValues>(
  key: K,
  { value, problem, note }: Value<ImportValues[K]>,
): FieldRead {
  return {
    ...(value === undefined ? {} : { values: { [key]: value } }),
    ...(problem ? { problem } : {}),
    ...(note ? { note } : {}),
  }
}

function readName(cell: Cell | null, text: string): FieldRead {
  const name = withoutLeader(written(cell))
  if (cell?.kind === 'error') return { problem: `la fórmula da un error (${text}). Escribe el nombre.` }
  if (cell?.kind === 'date')
    return { problem: `parece una fecha (${dateIn(cell, text) ?? text}), no un nombre.` }
  const problem = nameProblem(name)
  if (problem === 'name-missing') return { problem: 'falta el nombre.' }
  if (problem) return { problem: nameTooLong }
  return { values: { name } }
}

const dots = '.…·_'

/** «Lomo saltado ......»: the dots led to a price. From the end: a pattern would try at each of a thousand dots. */
function withoutLeader(text: string): string {
  let end = text.length
  while (end > 0 && dots.includes(text[end - 1]!)) end -= 1
  return text.length - end < 3 ? text : text.slice(0, end).trimEnd()
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: what a file may hold and no name has
const controls = /[\u0000-\u001f\u007f\u200b]/g

/** A text as its owner wrote it, but for spaces: «½» and «m²» stay. */
function written(cell: Cell | null): string {
  const text = cell?.text ?? ''
  return isPlain(text) ? text : tidy(text).replace(controls, '').trim()
}

function readText(key: 'category' | 'presentation', cell: Cell | null, longest: number): FieldRead {
  const text = written(cell)
  if (text === '' || saysNothing(text)) return {}
  if (cell?.kind === 'error') return { problem: `la fórmula da un error (${text}). Escribe un texto.` }
  if ([...text].length > longest) return { problem: longerThan(longest) }
  return { values: { [key]: text } }
}

/** «S/C», «sin código»: not a code that many products share. */
const saysNoCode = (text: string) =>
  text === '' ||
  saysNothing(text) ||
  /^(?:s\/[cn]|sin (?:c[oó]d|barra|ean)\S*(?: .*)?|no tiene|ninguno)$/i.test(text)

/** Excel shows 7.75E+12 for a long number; saved as text, the digits behind it are gone. */
const lostDigits = /^\d(?:[.,]\d+)?e\+\d+$/i

function readCode(cell: Cell | null): FieldRead {
  const text = written(cell).replace(/^'/, '')
  if (saysNoCode(text)) return {}
  const wrong = wrongCode(cell, text)
  return wrong ? { problem: wrong } : { values: { code: text } }
}

function wrongCode(cell: Cell | null, text: string): string | null {
  if (cell?.kind === 'error') return `la fórmula da un error (${text}). Escribe el código.`
  if (cell?.kind === 'date') return `parece una fecha (${dateIn(cell, text) ?? text}), no un código.`
  if (lostDigits.test(text)) {
    return `"${text}" perdió sus números al guardarse. Escribe el código completo, con formato de texto.`
  }
  return [...text].length > limits.code ? longerThan(limits.code) : null
}

function readBarcode(cell: Cell | null, _: string, writing: Writing): FieldRead {
  const text = written(cell).replace(/^'/, '')
  if (saysNoCode(text) || /^0+$/.test(text)) return {}
  const wrong = wrongCode(cell, text)
  if (wrong) return { problem: wrong }
  const digits = /^[\d\s-]+$/.test(text) ? text.replace(/[\s-]/g, '') : text
  const restored = /^\d+$/.test(digits) ? withLostZeros(digits, writing.hasScannedCodes) : null
  if (restored)
    return { values: { barcode: restored }, note: `Se leyó ${restored}: le faltaban ceros adelante.` }
  return { values: { barcode: digits } }
}

function readUnit(_: Cell | null, text: string): FieldRead {
  if (text === '' || saysNothing(text)) return {}
  const unit = unitOf(text)
  if (!unit) return { problem: `"${cut(text)}" no es una unidad. Escribe unidad o kg.` }
  return { values: { unit: unit.unit, ...(unit.pack ? { presentation: unit.pack } : {}) } }
}

function readYesOrNo(key: 'favourite' | 'available', text: string): FieldRead {
  if (text === '' || saysNothing(text)) return {}
  const said = yesOrNo(text)
  return said === null
    ? { problem: `"${cut(text)}" no es sí ni no. Escribe sí o no.` }
    : { values: { [key]: said } }
}
