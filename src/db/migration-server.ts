import type { Databases } from './databases.ts'
import { claimGroup, type Group, isForGroups } from './migration-group.ts'
import type { Behind } from './migration-plan.ts'
import { isLeftAlone, problemOf } from './migration-runner.ts'
import { type MigrateOptions, migrateTenantOn } from './migration-tenant.ts'
import type { Migration } from './migrations.ts'
import type { Provisioner } from './provisioner.ts'

type Working = {
  files: readonly Migration[]
  hook: MigrateOptions['hook']
  signal: AbortSignal
  atOnce: number
}

type OnServer = Working & {
  serverId: number
  queue: Behind[]
  note: (tenantId: number, problem: string | null) => void
  /** A swap of it began meanwhile. */
  leave: (tenantId: number) => void
}

/** So many are claimed and finished in one write. */
const groupSize = 16

export const migrateOne = (databases: Databases, tenant: Behind, working: Working): Promise<void> =>
  databases.provision((root) => migrateOn(databases, root, tenant, working), tenant.serverId)

/** Some at a time. A server that lets nobody in is not asked a thousand times. */
export async function migrateServer(databases: Databases, work: OnServer): Promise<void> {
  const { queue, atOnce } = work
  const size = Math.max(1, Math.min(groupSize, Math.ceil(queue.length / atOnce)))
  const worker = async () => {
    while (queue.length > 0) await migrateSome(databases, queue.splice(0, size), work)
  }
  const done = await Promise.allSettled(Array.from({ length: atOnce }, worker))
  // All have stopped before anybody hears of the first: nothing goes on behind the caller's back.
  for (const one of done) if (one.status === 'rejected') throw one.reason
}

async function migrateSome(databases: Databases, some: readonly Behind[], work: OnServer): Promise<void> {
  const { files, signal, note, queue } = work
  signal.throwIfAborted()
  const file = onlyMissing(files, some)
  const group = file && isForGroups(file) ? await claimGroup(databases.admin, some, file) : null
  const left = [...some]
  const migrated: number[] = []
  const whole = { ...work, databases, group, left, migrated }
  try {
    while (left.length > 0) {
      try {
        await databases.provision((root) => untilFailure(root, whole), work.serverId)
      } catch (error) {
        signal.throwIfAborted()
        for (const tenant of [...left.splice(0), ...queue.splice(0)]) note(tenant.id, problemOf(error))
      }
    }
  } finally {
    await group?.end()
  }
  for (const id of migrated) note(id, null)
}

type Whole = OnServer & { databases: Databases; group: Group | null; left: Behind[]; migrated: number[] }

/** One connection for many, until one of them fails: what broke one business's must not meet the next. */
async function untilFailure(root: Provisioner, work: Whole): Promise<void> {
  const { databases, group, left, migrated, signal, note, leave } = work
  for (let tenant = left.shift(); tenant; tenant = left.shift()) {
    try {
      await migrateOn(databases, root, tenant, work, group)
    } catch (error) {
      signal.throwIfAborted()
      return isLeftAlone(error) ? leave(tenant.id) : note(tenant.id, problemOf(error))
    }
    migrated.push(tenant.id)
  }
}

async function migrateOn(
  { admin }: Databases,
  root: Provisioner,
  tenant: Behind,
  { files, hook, signal }: Working,
  group: Group | null = null,
): Promise<void> {
  signal.throwIfAborted()
  const { applied, isSpare } = tenant
  const claimed = group?.runs.get(tenant.id)
  await migrateTenantOn(admin, root, tenant, { files, hook, signal, applied, isSpare, claimed })
}

/** The one file that all of them lack, and nothing else: the usual upgrade. */
function onlyMissing(files: readonly Migration[], tenants: readonly Behind[]): Migration | null {
  const missing = tenants.map(({ applied }) => files.filter(({ version }) => !applied.has(version)))
  const [file] = missing[0] ?? []
  return file && missing.every((lacks) => lacks.length === 1 && lacks[0] === file) ? file : null
}
