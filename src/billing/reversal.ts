/** What is left of the paid days when one payment was given back. Pure. */

import { type PaidPeriod, worthOf } from '#src/billing/price.ts'
import { limaDayBounds, limaDaysBetween } from '#src/lib/lima.ts'
import { mulDiv } from '#src/lib/money.ts'

type Numbered = PaidPeriod & { id: number }
export type Moved = { id: number; coversFrom: Date; coversUntil: Date }
/** `plan` null: nothing else was ever paid. */
export type Remaining = { plan: string | null; paidUntil: Date | null; moved: Moved[] }

const day = 86_400_000

/**
 * The last payment's days are simply gone, and the plan before it is back with what it had. Of an earlier one the days
 * after today are gone, and everything after it moves forward; a change of plan that was paid partly with its credit
 * lasts as many days less as that credit had bought.
 */
export function withoutPeriod(periods: readonly Numbered[], id: number, now: Date): Remaining {
  const at = periods.findIndex((period) => period.id === id)
  const gone = periods[at]
  const later = periods.slice(at + 1)
  const [next] = later
  if (!gone || !next) {
    const last = periods.filter((period) => period.id !== id).at(-1)
    return { plan: last?.plan ?? null, paidUntil: last?.coversUntil ?? null, moved: [] }
  }
  const moved = next.creditCentimos > 0 ? shortened(later, gone) : movedForward(later, gone, now)
  const all = later.map((period) => moved.find((row) => row.id === period.id) ?? period)
  const until = Math.max(...all.map(({ coversUntil }) => coversUntil.getTime()))
  return { plan: later.at(-1)?.plan ?? null, paidUntil: new Date(until), moved }
}

function movedForward(later: readonly Numbered[], gone: Numbered, now: Date): Moved[] {
  const tomorrow = limaDayBounds(now).to
  const from = gone.coversFrom > tomorrow ? gone.coversFrom : tomorrow
  const days = Math.max(0, limaDaysBetween(from, gone.coversUntil))
  return later
    .filter(({ coversFrom }) => coversFrom >= gone.coversUntil)
    .map((period) => ({
      id: period.id,
      coversFrom: earlier(period.coversFrom, days),
      coversUntil: earlier(period.coversUntil, days),
    }))
}

function shortened([change, ...rest]: readonly Numbered[], gone: Numbered): Moved[] {
  if (!change) return []
  const worth = worthOf(change)
  const lost = Math.min(change.creditCentimos, worthOf(gone))
  const days = limaDaysBetween(change.coversFrom, change.coversUntil)
  const less = days - mulDiv(days, worth - lost, worth)
  return [
    { id: change.id, coversFrom: change.coversFrom, coversUntil: earlier(change.coversUntil, less) },
    ...rest.map((period) => ({
      id: period.id,
      coversFrom: earlier(period.coversFrom, less),
      coversUntil: earlier(period.coversUntil, less),
    })),
  ]
}

const earlier = (at: Date, days: number) => new Date(at.getTime() - days * day)
