import { formatSoles } from '#src/lib/money.ts'
import type { Restored } from './actions.ts'
import type { Rebuilt } from './all/actions.ts'
import type { Rehearsed } from './all/rehearsal/actions.ts'
import type { MadeNew } from './as-new/actions.ts'
import type { WentBack } from './back/actions.ts'
import type { Carried } from './carrying/actions.ts'
import { formatLimaTime, type MissingSale } from './restore.ts'
import { restoreSentence } from './texts.ts'

// What a restore says at the terminal when it is done.

export function restoredText(done: Restored, dataFolder: string): string {
  const { copy, logReadUpTo } = done
  const end = done.wasDropped ? ', where it was dropped' : ''
  return [
    `Business ${done.tenantId} works in ${done.to.nombreDb} now; nobody was let in for ${seconds(done.pauseMs)}.`,
    `  copy: ${copy ? `night of ${copy.night}` : logReadUpTo ? 'none, the binary log from its first day' : 'the file'}`,
    ...(logReadUpTo
      ? [
          `  binary log: ${done.changesReplayed} changes, read up to ${formatLimaTime(logReadUpTo)} (Lima)${end}`,
        ]
      : []),
    ...missingLines(done.missing, done.carried),
    ...unknownLines(done),
    done.isOldKept
      ? `  ${done.from.nombreDb} is kept for 7 days: smartket restore back --tenant ${done.tenantId}`
      : `  ${done.from.nombreDb} was gone, or broken`,
    `  took ${seconds(done.tookMs)}; next: smartket backup run --tenant ${done.tenantId} (copies lie in ${dataFolder}/backups)`,
  ].join('\n')
}

export const wentBackText = (done: WentBack) =>
  [
    `Business ${done.tenantId} works in ${done.to.nombreDb} again; nobody was let in for ${seconds(done.pauseMs)}.`,
    ...missingLines(done.missing, done.carried),
    ...unknownLines(done),
    `  ${done.from.nombreDb} is kept for 7 days.`,
  ].join('\n')

export const madeNewText = ({ tenant, businessName, ownerEmail, isNewOwner }: MadeNew) =>
  [
    `Business ${tenant.id}, ${businessName}, is there, in ${tenant.nombreDb}.`,
    isNewOwner
      ? `  ${ownerEmail} has no password yet: she makes one by «¿Olvidaste tu contraseña?».`
      : `  ${ownerEmail} enters with her own password.`,
    '  PINs of its people are gone: the owner sets new ones.',
  ].join('\n')

export const rebuiltText = ({ night, restored, withLog, adopted, failed, tookMs }: Rebuilt) =>
  [
    `${restored} businesses restored from the night of ${night} (${withLog} with the binary log), ${failed.length} failed, in ${seconds(tookMs)}.`,
    ...(adopted > 0 ? [`${adopted} businesses keep the database that was there.`] : []),
    ...failed.map(({ tenantId, problem }) => `  business ${tenantId}: ${problem}`),
    ...(failed.length > 0 ? ['Run it again for those that failed; nobody is let in there until then.'] : []),
  ].join('\n')

export function rehearsedText({ night, restored, of, bytes, failed, tookMs }: Rehearsed): string {
  const each = restored + failed.length > 0 ? tookMs / (restored + failed.length) : 0
  return [
    `${restored} of ${of} copies of the night of ${night} fetched, opened, restored and compared in ${seconds(tookMs)} (${(bytes / 1_000_000).toFixed(1)} MB).`,
    `All ${of} one after the other would take about ${seconds(each * of)}.`,
    ...failed.map(({ tenantId, problem }) => `  business ${tenantId}: ${problem}`),
  ].join('\n')
}

export function rowsText(rows: readonly Record<string, unknown>[]): string {
  if (rows.length === 0) return 'Nothing like that is in it.'
  return rows
    .map((row) =>
      Object.entries(row)
        .map(([name, value]) => `${name.padEnd(24)} ${value ?? '–'}`)
        .join('\n'),
    )
    .join('\n\n')
}

function missingLines(missing: readonly MissingSale[], { carried, left }: Carried): string[] {
  if (missing.length === 0) return []
  const came = new Set(carried)
  const why = new Map(left.map((one) => [one.requestKey, one.why]))
  const head =
    carried.length > 0
      ? `  ${carried.length} of ${missing.length} sales that were not in it were carried over:`
      : `  ${missing.length} sales are not in it (in the kept database they are):`
  return [
    head,
    ...missing.map((sale) => {
      const state = came.has(sale.requestKey) ? 'carried over' : (why.get(sale.requestKey) ?? 'not in it')
      return `    ${sale.number}  ${formatLimaTime(sale.soldAt)}  ${formatSoles(sale.totalCentimos)}  ${sale.staffName}  ${state}`
    }),
  ]
}

function unknownLines({
  numbersAhead,
  unknownWhy,
}: Pick<Restored, 'numbersAhead'> & { unknownWhy?: Restored['unknownWhy'] }): string[] {
  if (numbersAhead === 0) return []
  const why = unknownWhy ? ` (${restoreSentence(unknownWhy)})` : ''
  return [
    `  nobody can tell any more what was sold later${why}: so that no number is given twice,`,
    `  each series goes on ${numbersAhead} numbers ahead`,
  ]
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
