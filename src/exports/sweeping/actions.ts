import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { and, eq, inArray, lt } from 'drizzle-orm'
import type { AdminDb } from '#src/db/admin.ts'
import { dataExports } from '#src/db/admin-schema.ts'

const day = 86_400_000
/** How long it is remembered that there was one. */
const rowsKeptDays = 30

/**
 * Takes away what may no longer be fetched, ends what lost its maker, and removes every file that no living row
 * names. Safe to repeat.
 */
export async function sweepExports(admin: AdminDb, dataFolder: string, now: Date): Promise<void> {
  await admin
    .update(dataExports)
    .set({ status: 'failed', problem: 'its maker ended', finishedAt: now, leaseUntil: null })
    .where(and(inArray(dataExports.status, ['waiting', 'making']), lt(dataExports.leaseUntil, now)))
  await admin
    .update(dataExports)
    .set({ status: 'gone' })
    .where(and(eq(dataExports.status, 'ready'), lt(dataExports.expiresAt, now)))
  await removeFiles(admin, join(dataFolder, 'exports'))
  await admin
    .delete(dataExports)
    .where(
      and(
        inArray(dataExports.status, ['failed', 'gone']),
        lt(dataExports.createdAt, new Date(now.getTime() - rowsKeptDays * day)),
      ),
    )
}

/** `12-<random>.zip`, and beside it `.part` and `.work` while it is being made. */
const ours = /^(\d+)-[0-9a-f]{32}\.zip(\.part|\.work)?$/

async function removeFiles(admin: AdminDb, folder: string): Promise<void> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => ours.test(name))
  if (names.length === 0) return
  const living = await admin
    .select({ fileName: dataExports.fileName })
    .from(dataExports)
    .where(inArray(dataExports.status, ['waiting', 'making', 'ready']))
  const kept = new Set(living.map(({ fileName }) => fileName))
  for (const name of names) {
    if (!kept.has(name.replace(/\.(part|work)$/, '')))
      await rm(join(folder, name), { recursive: true, force: true })
  }
}
