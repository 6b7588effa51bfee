import type { RestoreContext, RestoreStep } from '#src/backups/restore/actions.ts'
import type { StoreAccess } from '#src/backups/restore/elsewhere/queries.ts'
import { type RestoreRefused, restoreSentence, stepTexts } from '#src/backups/restore/texts.ts'
import type { Config } from '#src/config.ts'
import { type Answer, type Opened, Refusal, withDatabases } from '#src/process.ts'

// Restoring, by whoever sits at the server: no screen of an owner leads here.

type Where = { from?: string; at?: string; identity?: string; json?: boolean }
export type RestoreOptions = Where & {
  tenant?: number
  all?: boolean
  asNew?: boolean
  owner?: string
  carry?: boolean
  yes?: boolean
  rehearse?: number
  adopt?: boolean
}

/** One business, or the whole installation. */
export async function restore(options: RestoreOptions): Promise<Answer> {
  const { tenant } = options
  if (options.all && (tenant !== undefined || options.asNew || options.at !== undefined))
    throw new Refusal('--all means everything: without --tenant, --as-new and --at.', 2)
  if (options.adopt && !options.all) throw new Refusal('--adopt goes with --all.', 2)
  if (options.all) return restoreEverything(options)
  if (tenant === undefined) throw new Refusal('Say which business: --tenant ID, or --all.', 2)
  if (options.asNew) return restoreAsNew(tenant, options)
  return restoreOne(tenant, options)
}

function restoreOne(tenantId: number, options: RestoreOptions): Promise<Answer> {
  return withRestoring(options, async (context, opened, wish) => {
    const [{ restoreTenant }, { restoredText }, { previewRestore }] = await Promise.all([
      import('#src/backups/restore/actions.ts'),
      import('#src/backups/restore/told.ts'),
      import('#src/backups/restore/planning/actions.ts'),
    ])
    const { carry } = options
    const isGoingBack = wish.from.kind !== 'newest' || wish.at !== null
    if (isGoingBack && !options.yes) {
      const preview = orRefuse(await previewRestore(context, { tenantId, ...wish }))
      return { data: { restored: false, ...preview.data }, text: preview.text, failed: true }
    }
    const wanted = { tenantId, ...wish, ...(carry === undefined ? {} : { carry }) }
    const done = orRefuse(await restoreTenant(context, wanted))
    return { data: done, text: restoredText(done, opened.config.dataFolder) }
  })
}

function restoreAsNew(tenantId: number, options: RestoreOptions): Promise<Answer> {
  const ownerEmail = options.owner?.trim().toLowerCase() ?? ''
  if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(ownerEmail))
    throw new Refusal('Another business needs an owner: --owner rosa@example.pe', 2)
  return withRestoring(options, async (context, _opened, wish) => {
    const [{ restoreAsNew }, { madeNewText }] = await Promise.all([
      import('#src/backups/restore/as-new/actions.ts'),
      import('#src/backups/restore/told.ts'),
    ])
    const made = orRefuse(await restoreAsNew(context, { tenantId, ...wish, ownerEmail }))
    return { data: made, text: madeNewText(made) }
  })
}

function restoreEverything(options: RestoreOptions): Promise<Answer> {
  if (!options.from?.startsWith('store'))
    throw new Refusal('Everything comes from the store: --from store', 2)
  return withRestoring(options, async (context, _opened, { from }) => {
    const [{ restoreAll }, { rehearse }, { rebuiltText, rehearsedText }, { progressBar }] = await Promise.all(
      [
        import('#src/backups/restore/all/actions.ts'),
        import('#src/backups/restore/all/rehearsal/actions.ts'),
        import('#src/backups/restore/told.ts'),
        import('#src/progress.ts'),
      ],
    )
    if (!context.store)
      throw new Refusal('No store is configured: SMARTKET_STORE_URL and the variables beside it.')
    const night = from.kind === 'store' ? from.night : null
    const bar = progressBar(options.json !== true)
    const rebuilding = {
      ...context,
      access: context.store,
      onProgress: ({ done, all, note }: { done: number; all: number; note: string }) =>
        bar.show(done, all, note),
    }
    try {
      if (options.rehearse !== undefined) {
        const done = orRefuse(await rehearse(rebuilding, { night, tenants: options.rehearse }))
        return { data: done, text: rehearsedText(done), failed: done.failed.length > 0 }
      }
      const done = orRefuse(await restoreAll(rebuilding, { night, adopt: options.adopt === true }))
      return { data: done, text: rebuiltText(done), failed: done.failed.length > 0 }
    } finally {
      bar.stop()
    }
  })
}

export type LookOptions = Where & {
  tenant: number
  product?: string
  table?: string
  find?: string
  limit?: number
}

/** A table, or a product, in a copy that is restored for the look and then thrown away. */
export function look(options: LookOptions): Promise<Answer> {
  const { product, table, find, limit = 50 } = options
  if ((product === undefined) === (table === undefined))
    throw new Refusal('Say what to look at: --product TEXT or --table NAME.', 2)
  return withRestoring(options, async (context, _opened, wish) => {
    const [{ lookInto }, { rowsText }] = await Promise.all([
      import('#src/backups/restore/look/queries.ts'),
      import('#src/backups/restore/told.ts'),
    ])
    const what =
      product === undefined
        ? ({ kind: 'table', name: table ?? '', text: find ?? null } as const)
        : ({ kind: 'product', text: product } as const)
    const seen = await lookInto(context, { tenantId: options.tenant, ...wish, what, limit })
    if (!seen.ok && seen.problem === 'no-table')
      throw new Refusal(`There is no table ${table}: ${(seen as { tables: string[] }).tables.join(', ')}.`, 2)
    const found = orRefuse(seen as Exclude<typeof seen, { problem: 'no-table' }>)
    return { data: found, text: rowsText(found.rows) }
  })
}

/** Undoes the last restore, while the database of before is kept. */
export function goBack(options: {
  tenant: number
  carry?: boolean
  yes?: boolean
  json?: boolean
}): Promise<Answer> {
  return withRestoring(options, async (context) => {
    const [{ goBack, previewBack }, { wentBackText }] = await Promise.all([
      import('#src/backups/restore/back/actions.ts'),
      import('#src/backups/restore/told.ts'),
    ])
    const { tenant: tenantId, carry } = options
    if (!options.yes) {
      const { data, text } = orRefuse(await previewBack(context, tenantId))
      return { data: { restored: false, ...data }, text, failed: true }
    }
    const done = orRefuse(await goBack(context, { tenantId, ...(carry === undefined ? {} : { carry }) }))
    return { data: done, text: wentBackText(done) }
  })
}

type Wish = { from: import('#src/backups/restore/restore.ts').From; at: Date | null }

async function withRestoring(
  options: Where,
  work: (context: RestoreContext, opened: Opened, wish: Wish) => Promise<Answer>,
): Promise<Answer> {
  const { parseFrom, parseLimaTime } = await import('#src/backups/restore/restore.ts')
  const at = options.at === undefined ? null : parseLimaTime(options.at)
  if (options.at !== undefined && !at)
    throw new Refusal(`«${options.at}» is no time: --at "2026-11-23 14:05:00", on the clocks of Lima.`, 2)
  const from = parseFrom(options.from)
  return withDatabases(async (opened) => {
    const store = from.kind === 'store' ? await storeAccess(opened.config, options.identity) : null
    const onStep = (step: RestoreStep) => {
      if (options.json !== true && process.stderr.isTTY) process.stderr.write(`${stepTexts[step]}\n`)
    }
    try {
      const context = { ...opened, clock: () => new Date(), store, onStep }
      return await work(context, opened, { from, at })
    } finally {
      store?.close()
    }
  })
}

async function storeAccess(
  config: Config,
  identity: string | undefined,
): Promise<StoreAccess & { close(): void }> {
  if (!config.store)
    throw new Refusal('No store is configured: SMARTKET_STORE_URL and the variables beside it.')
  if (identity === undefined)
    throw new Refusal('What is in the store opens with a recovery key only: --identity FILE.', 2)
  const [{ openStore }, { identitiesIn }] = await Promise.all([
    import('#src/backups/store/s3.ts'),
    import('#src/commands/store.ts'),
  ])
  const identities = identitiesIn(identity)
  const store = await openStore(config.store)
  return { store, identities, close: () => store.close() }
}

function orRefuse<T extends { ok: true }>(answer: T | RestoreRefused): T {
  if (answer.ok) return answer
  throw new Refusal(restoreSentence(answer), 1, answer.problem)
}
