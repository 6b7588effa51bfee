import type { Shipped } from './logs/actions.ts'
import type { Pruned } from './pruning/actions.ts'
import type { NightSent } from './sending/actions.ts'
import type { StoreProblem } from './store.ts'

// For whoever operates the server: the command line, the jobs' history and the doctor.

type Problem =
  | StoreProblem
  | Extract<Pruned, { ok: false }>['problem']
  | Extract<NightSent, { ok: false }>['problem']

export const storeTexts: Record<Problem, string> = {
  refused:
    'the store refuses this key: SMARTKET_STORE_KEY_ID and SMARTKET_STORE_SECRET, or what the key may do.',
  'no-bucket': 'the store has no such bucket: SMARTKET_STORE_BUCKET.',
  clock: "the store refuses this server's time: set its clock (timedatectl).",
  missing: 'something is not in the store that should be there.',
  unreachable: 'the store cannot be reached: SMARTKET_STORE_URL, or the line.',
  slow: 'the store takes too long to answer.',
  failing: 'the store answers with errors of its own.',
  damaged: 'what the store has is not what was sent.',
  'no-manifest': 'this night never finished on this server: smartket backup run',
  'clocks-differ':
    'the clocks of this server, the database and the store differ: nothing is deleted until they agree.',
  'clock-leapt': 'no job ended for two days, or a clock leapt: nothing is deleted until tomorrow.',
  'nothing-verified': 'no copy in the store is known to be good: nothing is deleted.',
}

const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(1)} MB`

export function sentLine(sent: NightSent): string {
  const what = `${sent.night}: ${sent.sent} sent (${megabytes(sent.bytes)}), ${sent.copied} carried there, ${sent.already} there already`
  const broken = sent.broken.length > 0 ? `; damaged here: business ${sent.broken.join(', ')}` : ''
  const erased = sent.erased.length > 0 ? `; deleted, and left out: business ${sent.erased.join(', ')}` : ''
  return `${what}${broken}${erased}${sent.ok ? '' : `; not finished: ${storeTexts[sent.problem]} (${sent.detail})`}`
}

export function shippedLine(shipped: Shipped): string {
  const what = `${shipped.logs} binary logs sent (${megabytes(shipped.bytes)})`
  const failed = shipped.failed.length > 0 ? `; not readable on server ${shipped.failed.join(', ')}` : ''
  return `${what}${failed}${shipped.ok ? '' : `; not finished: ${storeTexts[shipped.problem]} (${shipped.detail})`}`
}

export function prunedLine(pruned: Pruned): string {
  const nights = pruned.nights.length > 0 ? `nights deleted: ${pruned.nights.join(', ')}` : 'no night deleted'
  const later = pruned.later > 0 ? `, ${pruned.later} more are due` : ''
  const kept = pruned.hasKeptKeys
    ? '; lists of keys are kept, because a business has a newer key than copies there: smartket backup store keys'
    : ''
  const what = `${nights}${later}; ${pruned.logs} binary logs and ${pruned.keys} lists of keys deleted${kept}`
  return `${what}${pruned.ok ? '' : `; stopped: ${storeTexts[pruned.problem]} ${pruned.detail}`.trimEnd()}`
}
