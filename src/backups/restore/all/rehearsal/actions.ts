import { rmSync } from 'node:fs'
import { copiesOf } from '#src/backups/manifest.ts'
import type { ServerAddress } from '#src/db/databases.ts'
import { fingerprint } from '#src/db/fingerprint.ts'
import { downloadCopy } from '../../elsewhere/queries.ts'
import { inOwnFolder } from '../../folder.ts'
import type { Copy } from '../../restore.ts'
import { loadAndReplay, type ScratchPlan, withScratchServer } from '../../scratch/actions.ts'
import { type RestoreRefused, restoreSentence } from '../../texts.ts'
import { findNight, type RebuildContext } from '../actions.ts'

export type Rehearsed = {
  ok: true
  night: string
  restored: number
  /** How many copies that night has. */
  of: number
  bytes: number
  failed: { tenantId: number; problem: string }[]
  tookMs: number
}

/**
 * Some copies of the store, brought here, opened with the recovery key, restored in a scratch server and compared
 * with the manifest. Nothing of the living is touched: done now and then, it is the proof that the key fits.
 */
export async function rehearse(
  context: RebuildContext,
  { night: wished, tenants }: { night: string | null; tenants: number },
): Promise<Rehearsed | RestoreRefused> {
  const startedAt = performance.now()
  const night = await findNight(context.access, wished)
  if ('problem' in night) return night
  const all = copiesOf(night.manifest)
  // The admin database always; of the businesses others each time.
  const drawn = all
    .filter(({ tenantId }) => tenantId !== 0)
    .map((entry) => ({ entry, lot: Math.random() }))
    .toSorted((a, b) => a.lot - b.lot)
    .slice(0, tenants)
    .map(({ entry }) => entry)
  const chosen = [...all.filter(({ tenantId }) => tenantId === 0), ...drawn]
  const report: Rehearsed = {
    ...{
      ok: true as const,
      night: night.night,
      restored: 0,
      of: all.length,
      bytes: 0,
      failed: [],
      tookMs: 0,
    },
  }
  const done = await inOwnFolder(context.config.dataFolder, (downloads) =>
    withScratchServer(
      context.config,
      1,
      async ({ server, root }) => {
        for (const [index, entry] of chosen.entries()) {
          context.onProgress?.({ done: index, all: chosen.length, note: entry.nombreDb })
          const copy = await downloadCopy(context.access, night, entry, downloads)
          const answer = await restoreAndCompare(copy, server, context.signal)
          await root.query(`drop database if exists \`${entry.nombreDb}\``)
          rmSync(copy.path, { force: true })
          report.bytes += entry.bytes
          if (answer.ok) report.restored++
          else report.failed.push({ tenantId: entry.tenantId, problem: restoreSentence(answer) })
        }
        return { ok: true as const }
      },
      context.signal,
    ),
  )
  if (!done.ok) return done
  return { ...report, tookMs: performance.now() - startedAt }
}

async function restoreAndCompare(
  copy: Copy,
  server: ServerAddress,
  signal: AbortSignal | undefined,
): Promise<{ ok: true } | RestoreRefused> {
  const { generation, nombreDb, serverId, tenantId, uid, fingerprint: was, isExact } = copy.entry
  const plan: ScratchPlan = {
    ...{ tenantId, uid, life: { generation, nombreDb, serverId }, copy, until: { kind: 'copy' } },
    ...{ logs: { kind: 'files', paths: [] }, oldestLog: '' },
  }
  const loaded = await loadAndReplay(plan, server, signal)
  if (!loaded.ok) return loaded
  const { contentHash } = await fingerprint(server, nombreDb)
  return !isExact || contentHash === was.contentHash ? { ok: true } : { ok: false, problem: 'not-equal' }
}
