import type { LimitNote } from '#src/billing/limits.ts'
import type { Field } from './mapping.ts'
import type { Origin } from './paths.ts'
import type { MatchBy, StockMode, Summary } from './plan.ts'
import type { PreviewColumn } from './preview.ts'

// What the screens of an import are given. The words come from texts.ts; nothing here reads a file.

export type SheetShown = { position: number; name: string }

/** One row of the review. A wrong cell is an input; the others are read. */
export type RefusedLine = {
  number: number
  cells: CellShown[]
  notes: string[]
  /** Mended by hand: it stays where it was, and says that it enters. */
  isMended: boolean
}
export type CellShown = { field: Field; text: string; problem: string | null; isMended: boolean }

export type ChangeShown = { label: string; before: string; after: string }
export type PlainLine = {
  number: number | null
  name: string
  price: string
  details: string[]
  changes: ChangeShown[]
  notes: string[]
}

/** The outcomes, each a tab: its word in the address. */
export const tabs = ['no-entran', 'cambian', 'nuevos', 'igual'] as const
export type Tab = (typeof tabs)[number]

export type Review = {
  id: number
  origin: Origin
  fileName: string
  /** Why the last try to save came to nothing. */
  failure: string | null
  found: string
  skipped: string | null
  /** That other sheets hold products too. */
  otherLists: string | null
  /** That another list stands to the right of this one. */
  beside: string | null
  sheets: SheetShown[]
  sheet: number
  headerRow: number | null
  columns: PreviewColumn[]
  columnsProblem: string | null
  /** The columns' form is unfolded: there is something to choose, or it was just used. */
  isChoosing: boolean
  summary: Summary
  /** How many the button saves. */
  toSave: number
  /** Why the button is not there. */
  hindrance: string | null
  /** How far the plan reaches, when the file goes beyond it. */
  limit: LimitNote | null
  matchBy: MatchBy
  stockMode: StockMode
  hasStock: boolean
  /** Ready products that were never touched nor sold. */
  readyLeft: number
  removesMenu: boolean
  tab: Tab
  counts: Record<Tab, number>
  page: number
  pages: number
  refused: RefusedLine[]
  lines: PlainLine[]
}

export type Saving = { id: number; origin: Origin; fileName: string; done: number; total: number }

export type Finished = {
  id: number
  origin: Origin
  fileName: string
  /** Each a sentence: «1,204 productos nuevos.» */
  made: string[]
  refused: number
  /** The sheets of the same file that hold products and were not loaded yet. */
  left: string[]
  /** The whole sentence; null when its 30 days are over. */
  canUndo: string | null
  products: number
}

export type Undone = {
  id: number
  origin: Origin
  fileName: string
  when: string
  /** What the undo left alone, row by row. */
  kept: string[]
}

export type RecentImport = {
  id: number
  fileName: string
  when: string
  staffName: string
  made: string
  status: 'revisada' | 'guardando' | 'guardada' | 'deshecha'
  canUndo: boolean
}
