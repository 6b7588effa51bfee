import type { RestoreContext } from '../actions.ts'
import type { Side } from '../carrying/queries.ts'
import { planRestore } from '../planning/queries.ts'
import { hasSales, type TenantRow } from '../queries.ts'
import type { From } from '../restore.ts'
import { type InScratch, inScratch, loadAndReplay, type ScratchPlan } from '../scratch/actions.ts'
import type { RestoreRefused } from '../texts.ts'

/** What is known of a business after the instant to which it goes back; `why` there is nothing. */
export type Afterlife = { side: Side; why: null } | { side: null; why: RestoreRefused }

type Wish = {
  tenant: TenantRow
  from: From
  downloads: string
  /** A scratch server that already runs; what stands in it is not needed any more. */
  found: InScratch | null
}

/**
 * The database that the business works in is gone, and an earlier instant was wished for: what was sold after it, and
 * which numbers were printed, stands in the newest copy and the log of that database alone. Of that one: the wished
 * instant may lie in an earlier one. Brought together in a scratch server for as long as `work` takes.
 */
export async function withAfterlife<T>(
  context: RestoreContext,
  { tenant, from, downloads, found }: Wish,
  work: (known: Afterlife) => Promise<T>,
): Promise<T> {
  const { databases, config, clock, store, signal } = context
  const plan = await planRestore(databases, tenant, {
    from: from.kind === 'store' ? { kind: 'store', night: null } : { kind: 'newest' },
    until: { kind: 'end' },
    ...{ now: clock(), dataFolder: config.dataFolder, downloads, store: store ?? null },
  })
  const scratch = plan.ok ? plan.scratch : null
  if (!scratch) return work({ side: null, why: plan.ok ? { ok: false, problem: 'no-log' } : plan })
  if (found) return work(await inRunning(found, scratch, signal))
  let done: { value: T } | null = null
  const ended = await inScratch(
    config,
    scratch,
    async (there) => {
      done = { value: await work(await sideOf(there, there.database)) }
      return { ok: true as const }
    },
    signal,
  )
  if (done) return (done as { value: T }).value
  return work({ side: null, why: ended.ok ? { ok: false, problem: 'scratch' } : ended })
}

async function inRunning(
  { root, server, database }: InScratch,
  plan: ScratchPlan,
  signal: AbortSignal | undefined,
): Promise<Afterlife> {
  await root.query(`drop database if exists \`${database}\``)
  const again = await loadAndReplay(plan, server, signal)
  return again.ok ? sideOf({ root }, plan.life.nombreDb) : { side: null, why: again }
}

async function sideOf({ root }: Pick<Side, 'root'>, database: string): Promise<Afterlife> {
  if (await hasSales(root, database)) return { side: { root, database }, why: null }
  return { side: null, why: { ok: false, problem: 'no-copy' } }
}
