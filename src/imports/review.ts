import type { LimitNote } from '#src/billing/limits.ts'
import { formatSoles } from '#src/lib/money.ts'
import { formatQuantity } from '#src/lib/quantity.ts'
import { changesShown } from './changes-shown.ts'
import { type Field, fields } from './mapping.ts'
import type { Origin } from './paths.ts'
import type { Outcome, Preview, PreviewLine } from './preview.ts'
import type { PlainLine, RefusedLine, Review, Tab } from './screen.ts'
import { hasListBeside, otherLists } from './sheets/lists.ts'
import {
  besideText,
  columnTexts,
  foundText,
  hindranceTexts,
  otherListsText,
  overPlanText,
  skippedText,
} from './texts.ts'

export const linesAtOnce = 50

export const outcomes: Record<Tab, Outcome> = {
  'no-entran': 'refused',
  cambian: 'changed',
  nuevos: 'created',
  igual: 'same',
}

type Uploaded = { id: number; fileName: string; failure: string | null; removesMenu: boolean }
type Shown = {
  origin: Origin
  tab: Tab
  page: number
  /** The columns were just chosen, with or without a problem. */
  isChoosing?: boolean
  columnsProblem?: string | null
  /** How far the plan reaches, when the file goes beyond it. */
  limit?: LimitNote | null
}

/** What the review page says and shows, from what saving would do. */
export function reviewOf(uploaded: Uploaded, preview: Preview, shown: Shown): Review {
  const { mapping, summary, counts } = preview
  const { id, fileName, failure, removesMenu } = uploaded
  const { matchBy, stockMode, hasStock, readyLeft, toSave, columns, sheets } = preview
  const sheet = sheets.find(({ position }) => position === mapping.sheet)
  const columnsProblem = shown.columnsProblem ?? columnsProblemOf(preview)
  return {
    id,
    fileName,
    failure,
    removesMenu,
    origin: shown.origin,
    tab: shown.tab,
    page: shown.page,
    found: foundText(preview.rows, sheet?.name || null, mapping.headerRow),
    skipped: skippedText(preview.skipped),
    otherLists: otherListsText(otherLists(mapping, sheets)),
    beside: hasListBeside(columns) ? besideText : null,
    sheets,
    sheet: mapping.sheet,
    headerRow: mapping.headerRow,
    columns,
    columnsProblem,
    isChoosing: shown.isChoosing ?? !mapping.columns.includes('name'),
    summary,
    toSave: preview.problem ? 0 : toSave,
    hindrance: hindranceOf(preview),
    limit: shown.limit ?? null,
    matchBy,
    stockMode,
    hasStock,
    readyLeft,
    counts: {
      'no-entran': counts.refused,
      cambian: counts.changed,
      nuevos: counts.created,
      igual: counts.same,
    },
    pages: Math.ceil(counts[outcomes[shown.tab]] / linesAtOnce),
    refused: shown.tab === 'no-entran' ? refusedLines(preview.lines) : [],
    lines: shown.tab === 'no-entran' ? [] : preview.lines.map(plainLine),
  }
}

/** What needs a look comes first. */
export const firstTab = ({ refused, priceChanged, otherChanged, created }: Preview['summary']): Tab =>
  refused > 0 ? 'no-entran' : created > 0 ? 'nuevos' : priceChanged + otherChanged > 0 ? 'cambian' : 'igual'

function columnsProblemOf({ mapping: { columns } }: Preview): string | null {
  if (!columns.includes('name') && !columns.includes('code') && !columns.includes('barcode')) {
    return columnTexts['no-name']
  }
  return columns.includes('price') ? null : columnTexts['no-price']
}

function hindranceOf({ problem, summary }: Preview): string | null {
  if (!problem) return null
  if (problem.problem === 'over-plan') return overPlanText(problem)
  return hindranceTexts[problem.problem](summary, 'products' in problem ? problem.products : 0)
}

/** The same cells for every row of the page: the name, the price, and whatever is or was wrong in any. */
function refusedLines(lines: readonly PreviewLine[]): RefusedLine[] {
  const touched = new Set(
    lines.flatMap((line) => [...line.problems.map(({ field }) => field), ...line.mended]),
  )
  const columns = fields.filter((field) => field === 'name' || field === 'price' || touched.has(field))
  return lines.map((line) => ({
    number: line.number,
    notes: line.notes,
    isMended: line.problems.length === 0,
    cells: columns.map((field) => ({
      field,
      text: cut(line.shown[field] ?? ''),
      problem: sentence(line, field),
      isMended: line.mended.includes(field),
    })),
  }))
}

/** A cell of 30,000 letters is told by its first ones. */
const cut = (text: string) => ([...text].length > 300 ? `${[...text].slice(0, 299).join('')}…` : text)

const sentence = ({ problems }: PreviewLine, field: Field) =>
  problems
    .filter((problem) => problem.field === field)
    .map(({ text }) => text)
    .join(' ') || null

function plainLine(line: PreviewLine): PlainLine {
  const { values, product } = line
  const price = values.priceCentimos ?? product?.priceCentimos
  return {
    number: line.number,
    name: (line.outcome === 'changed' ? product?.name : values.name) ?? product?.name ?? '',
    price: price === undefined ? '' : formatSoles(price),
    details: detailsOf(values),
    changes: changesShown(line.changes, line.before),
    notes: line.notes,
  }
}

function detailsOf({ category, code, barcode, stockThousandths }: PreviewLine['values']): string[] {
  const stock = stockThousandths === undefined ? null : `Stock ${formatQuantity(stockThousandths)}`
  return [category, code, barcode, stock].filter((text): text is string => Boolean(text))
}
