import type { RestoreContext } from '../actions.ts'
import { inOwnFolder } from '../folder.ts'
import { tenantRow } from '../queries.ts'
import { type From, formatLimaTime, untilOf } from '../restore.ts'
import type { RestoreRefused } from '../texts.ts'
import { planRestore } from './queries.ts'

export type Preview = {
  ok: true
  text: string
  data: { tenantId: number; to: string; night: string | null; file: string | null }
}

/** What going back would do, without doing it: everybody who is restored unasked has lost something. */
export async function previewRestore(
  context: RestoreContext,
  { tenantId, from, at }: { tenantId: number; from: From; at: Date | null },
): Promise<Preview | RestoreRefused> {
  const { databases, config, clock } = context
  const tenant = await tenantRow(databases.admin, tenantId)
  if (!tenant) return { ok: false, problem: 'no-tenant' }
  if (tenant.status !== 'ACTIVO') return { ok: false, problem: 'not-living' }
  return inOwnFolder(config.dataFolder, async (downloads) => {
    const plan = await planRestore(databases, tenant, {
      ...{ from, until: untilOf(from, at), now: clock(), dataFolder: config.dataFolder },
      ...{ downloads, store: context.store ?? null },
    })
    if (!plan.ok) return plan
    const { copy, file } = plan
    const takenAt = copy ? new Date(copy.entry.takenAt) : null
    const to = formatLimaTime(at ?? takenAt ?? clock())
    const source =
      file ?? (copy ? `the copy of the night of ${copy.night}` : 'the binary log from its first day')
    const log = plan.scratch && copy ? ' and the binary log' : ''
    const text = [
      `Business ${tenantId}, ${tenant.businessName}, would go back to ${file ? `what ${file} holds` : `${to} (Lima)`}, from ${source}${log}.`,
      'What was done since would not be in it. Its sales are listed, and come along with --carry; everything stays for 7 days in the database of now.',
      'Nothing was changed. Say --yes to do it.',
    ].join('\n')
    return { ok: true, text, data: { tenantId, to, night: copy?.night ?? null, file } }
  })
}
