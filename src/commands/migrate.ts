import type { Databases } from '#src/db/databases.ts'
import type { MigrationReport } from '#src/db/migrate.ts'
import type { DryRun } from '#src/db/migration-dry-run.ts'
import { type Answer, Refusal, withDatabases } from '#src/process.ts'

type Options = { tenant?: number; canary?: number[]; dryRun?: boolean; json?: boolean }

/** `smartket migrate`: what `serve` does at its start, with a say in who goes first. */
export function migrate(options: Options): Promise<Answer> {
  if (options.tenant !== undefined && (options.dryRun || options.canary))
    throw new Refusal('--tenant stands alone: with --dry-run or --canary all businesses are meant.', 2)
  if (options.dryRun) return migrateDry(options)
  return options.tenant === undefined ? migrateEverything(options) : migrateOne(options.tenant)
}

function migrateEverything(options: Options): Promise<Answer> {
  return withDatabases(async ({ config, databases }) => {
    const [{ migrateAll }, { progressBar }] = await Promise.all([
      import('#src/db/migrate.ts'),
      import('#src/progress.ts'),
    ])
    await refuseUnknown(databases, options.canary)
    const bar = progressBar(options.json !== true)
    const report = await migrateAll(databases, {
      canaries: options.canary ?? config.canaries ?? undefined,
      onWait: () => process.stderr.write('Another process is migrating; waiting until it ends.\n'),
      onProgress: ({ finished, failed, total }) => bar.show(finished + failed, total, `${failed} failed`),
    }).finally(() => bar.stop())
    const failed = report.failed.length > 0 || report.held.length > 0
    return { data: report, text: summaryOf(report), failed }
  })
}

/** Only of those typed here: one of SMARTKET_CANARIES that was deleted must not keep a server from starting. */
async function refuseUnknown(databases: Databases, chosen: readonly number[] = []): Promise<void> {
  const { unknownCanaries } = await import('#src/db/migration-plan.ts')
  const unknown = await unknownCanaries(databases.admin, chosen)
  if (unknown.length > 0)
    throw new Refusal(`There is no business ${unknown.join(', ')} to be a canary. Nothing was begun.`, 2)
}

function migrateOne(id: number): Promise<Answer> {
  return withDatabases(async ({ databases }) => {
    const [{ migrateTenant }, { findTenant }, { problemOf }] = await Promise.all([
      import('#src/db/migrate.ts'),
      import('#src/tenants/queries.ts'),
      import('#src/db/migration-runner.ts'),
    ])
    const tenant = await findTenant(databases.admin, id)
    if (!tenant) throw new Refusal(`There is no business ${id}.`)
    const problem = await migrateTenant(databases, tenant).then(() => null, problemOf)
    const report = problem === null ? nothing(1) : { ...nothing(0), failed: [{ tenantId: id, problem }] }
    return { data: report, text: problem ?? `business ${id} is up to date`, failed: problem !== null }
  })
}

const nothing = (migrated: number): MigrationReport => ({ migrated, failed: [], held: [], busy: [] })

function summaryOf({ migrated, failed, held, busy }: MigrationReport): string {
  const lines = [`${migrated} databases migrated, ${failed.length} failed`]
  if (busy.length > 0)
    lines.push(`${busy.length} being restored or moved, migrated afterwards: ${some(busy)}`)
  for (const { tenantId, problem } of failed) lines.push('', `business ${tenantId}: ${problem}`)
  if (held.length > 0) {
    lines.push(
      '',
      `${held.length} databases were not begun, because those that go first failed, or are not there: ${some(held)}.`,
      'They stay as they were, and their businesses answer «Estamos actualizando tu negocio» to this release.',
      'Mend the cause and migrate again, or go back to the release of before.',
    )
  }
  return lines.join('\n')
}

function migrateDry(options: Options): Promise<Answer> {
  return withDatabases(
    async ({ config, databases }) => {
      const { dryRun } = await import('#src/db/migration-dry-run.ts')
      const data = await dryRun(databases.admin, { canaries: options.canary ?? config.canaries ?? undefined })
      return { data, text: planAsText(data) }
    },
    { migrate: false },
  )
}

/** SQL that could be read into a client; what is not SQL is a comment. */
function planAsText({ admin, tenants, canaries, sql }: DryRun): string {
  if (sql.length === 0) return '-- Nothing to do: every database is up to date.'
  const lines = ['-- Nothing was changed. This is what migrating would run.']
  lines.push(
    `-- The admin database: ${admin.files.join(', ') || 'nothing'}${resumed(admin.startsAtStatement)}`,
  )
  lines.push(`-- ${tenants.length} databases of businesses and spares. First, and alone: ${some(canaries)}`)
  for (const { id, nombreDb, isSpare, version, files, startsAtStatement } of tenants) {
    const who = `${nombreDb} (${isSpare ? 'spare' : 'business'} ${id}), at version ${version}`
    lines.push(`--   ${who}: ${files.join(', ')}${resumed(startsAtStatement)}`)
  }
  for (const { name, readsFrom, contract, statements } of sql) {
    lines.push('', `-- ${name}; releases from ${readsFrom ?? 'this one'} on work on it`)
    if (contract) lines.push(`-- contract: ${contract}`)
    lines.push(...statements.map((statement) => `${statement};`))
  }
  return lines.join('\n')
}

const resumed = (statement: number) => (statement > 1 ? `, going on with statement ${statement}` : '')
const some = (ids: readonly number[]) =>
  ids.length > 20 ? `${ids.slice(0, 20).join(', ')} and ${ids.length - 20} more` : ids.join(', ') || 'none'
