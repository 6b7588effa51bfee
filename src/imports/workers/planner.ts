import type { ProductState } from '../changes.ts'
import type { Mapping } from '../mapping.ts'
import type { PackedSheet } from '../packing.ts'
import type { KnownProduct, MatchBy, StockMode, Summary } from '../plan.ts'
import type { Preview, PreviewProblem, PreviewView } from '../preview.ts'
import type { ImportValues } from '../rows.ts'
import { inWorker, type RunWorker, type WorkProblem } from './in-worker.ts'

/** What a plan is made of, but for the products. */
export type PlanInput = {
  sheets: PackedSheet[]
  mapping: Mapping
  /** By `12:price`. */
  edits: [string, string][]
  /** null: whatever suits the file best. */
  matchBy: MatchBy | null
  stockMode: StockMode
  /** How many products the plan holds on sale; null: no limit. */
  most?: number | null
  removesMenu?: boolean
}

export type Task = (PlanInput & { view: PreviewView | null }) | { guesses: Uint8Array }
/** The answer comes back by pages as well. */
export type FromPlanner =
  | { guess: Mapping }
  | { preview: Preview }
  | { part: Partial<SavePlan> }
  | { done: true }

/** What a saving writes. `number` is the row of the file. */
export type SavePlan = {
  created: { number: number; values: ImportValues }[]
  changed: ChangedRow[]
  /** Ready products that the file names as they are: they become the owner's. */
  confirmed: ChangedRow[]
  /** Ready products that the file does not name. */
  leaving: number[]
  summary: Summary
  problem: PreviewProblem | null
}

type Known = AsyncIterable<KnownProduct[]>
type Refused = { ok: false; problem: WorkProblem }

/** `added`: what came in, where the file adds to the stock; null where it sets it. */
type ChangedRow = { number: number; id: number; changes: ProductState; added: number | null }

export async function previewInWorker(
  input: PlanInput & { view: PreviewView },
  known: Known,
): Promise<{ ok: true; preview: Preview } | Refused> {
  let preview: Preview | undefined
  const worked = await inWorker<FromPlanner>('plan', input satisfies Task, known, (message) => {
    if ('preview' in message) preview = message.preview
    return 'done' in message
  })
  if (!worked.ok) return worked
  if (!preview) throw new Error('the planner answered nothing')
  return { ok: true, preview }
}

/** What the columns of one sheet are, looked at anew. */
export async function guessInWorker(rows: Uint8Array): Promise<{ ok: true; mapping: Mapping } | Refused> {
  let mapping: Mapping | undefined
  const worked = await inWorker<FromPlanner>('plan', { guesses: rows } satisfies Task, none(), (message) => {
    if ('guess' in message) mapping = message.guess
    return 'done' in message
  })
  if (!worked.ok) return worked
  if (!mapping) throw new Error('the planner guessed nothing')
  return { ok: true, mapping }
}

async function* none(): Known {}

/** In a turn that the caller has already: by now he holds locks. */
export async function savePlanInWorker(
  run: RunWorker,
  input: PlanInput,
  known: Known,
): Promise<{ ok: true; plan: SavePlan } | Refused> {
  const plan: SavePlan = {
    created: [],
    changed: [],
    confirmed: [],
    leaving: [],
    summary: { created: 0, priceChanged: 0, otherChanged: 0, same: 0, refused: 0 },
    problem: null,
  }
  const worked = await run<FromPlanner>('plan', { ...input, view: null } satisfies Task, known, (message) => {
    if (!('part' in message)) return 'done' in message
    const { created = [], changed = [], confirmed = [], leaving = [], ...rest } = message.part
    plan.created.push(...created)
    plan.changed.push(...changed)
    plan.confirmed.push(...confirmed)
    plan.leaving.push(...leaving)
    Object.assign(plan, rest)
    return false
  })
  return worked.ok ? { ok: true, plan } : worked
}
