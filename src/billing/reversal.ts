/**
 * What is left of the paid days when one payment was given back. Pure. Each céntimo that was paid stays in the period
 * that it bought, or in the credit of the change that replaced that period; what goes back is taken out of wherever it
 * is by now, and what it had replaced revives with what of it was not used.
 */

import { addPeriod, anchorBefore, type Period } from '#src/billing/period.ts'
import { type PaidPeriod, replaces, valueFrom, worthOf } from '#src/billing/price.ts'
import { limaDayBounds, limaDaysBetween } from '#src/lib/lima.ts'
import { mulDiv } from '#src/lib/money.ts'

/**
 * With what its days cost when it was sold (without it they cost what they cost by its own worth), and when it took
 * effect.
 */
export type Numbered = PaidPeriod & {
  id: number
  priceCentimos?: number
  period?: Period
  decidedAt?: Date
}
export type Moved = { id: number; creditCentimos: number; coversFrom: Date; coversUntil: Date }
/** `plan` null: nothing else was ever paid. */
export type Remaining = { plan: string | null; paidUntil: Date | null; moved: Moved[] }

/** A period in the world with the payment that is given back. */
type Part = {
  row: Numbered
  /** What it is worth without that payment; `lost` is what it is worth less. */
  worth: number
  lost: number
  /** What it replaced, each with the share of the credit that it brought. */
  replaced: { part: Part; credit: number }[]
}

const day = 86_400_000

export function withoutPeriod(periods: readonly Numbered[], id: number, now: Date): Remaining {
  const tomorrow = limaDayBounds(now).to
  const { parts, standing } = partsOf(periods, id)
  const gone = standing.find(({ row }) => row.id === id)
  const living = standing.filter(({ row }) => row.coversUntil > tomorrow)
  const first = living[0]?.row.coversFrom
  const laid = laidOut(
    living.flatMap((part) => (part === gone ? revived(part, tomorrow) : [left(part, tomorrow)])),
    first && first > tomorrow ? first : tomorrow,
  )
  const isOver = gone && !living.includes(gone)
  const ended = isOver ? laidOut(revived(gone, gone.row.coversUntil), gone.row.coversUntil) : []
  const rows = parts
    .filter(({ row }) => row.id !== id)
    .map((part) => [...laid, ...ended].find(({ row }) => row.id === part.row.id)?.row ?? reduced(part))
  const after = rows.filter((row) => worthOf(row) > 0)
  const last = laid.at(-1)?.row ?? after.at(-1)
  return {
    plan: last?.plan ?? null,
    paidUntil: last?.coversUntil ?? null,
    moved: rows.flatMap((row) => changeOf(periods, row)),
  }
}

/** Which periods stand, and what of each came from that payment: a change takes over what it replaced. */
function partsOf(periods: readonly Numbered[], id: number): { parts: Part[]; standing: Part[] } {
  const parts: Part[] = []
  let standing: Part[] = []
  for (const row of periods) {
    const isReplacing = replaces(row)
    const before = isReplacing ? standing.filter((one) => one.row.coversUntil > takenOver(row)) : []
    const replaced = shared(row, before)
    const lost =
      (row.id === id ? row.amountCentimos : 0) +
      replaced.reduce((sum, { part, credit }) => sum + shareOf(credit, part.lost, worthOf(part.row)), 0)
    const part = { row, worth: worthOf(row) - lost, lost, replaced }
    parts.push(part)
    standing = isReplacing ? [part] : [...standing, part]
  }
  return { parts, standing }
}

/** Its credit, by what each of the periods that it replaced had left: never more than that one is worth. */
function shared(row: Numbered, before: readonly Part[]): Part['replaced'] {
  let values = before.reduce((sum, part) => sum + valueFrom(part.row, takenOver(row)), 0)
  let rest = row.creditCentimos
  return before.map((part) => {
    const value = valueFrom(part.row, takenOver(row))
    // What came from payments that were given back meanwhile belongs to none of these.
    const credit = Math.min(worthOf(part.row), shareOf(rest, value, values))
    values -= value
    rest -= credit
    return { part, credit }
  })
}

/** When it replaced what was before it: its own days may have moved on since. */
function takenOver({ decidedAt, coversFrom }: Numbered): Date {
  const tomorrow = decidedAt ? limaDayBounds(decidedAt).to : coversFrom
  return tomorrow < coversFrom ? tomorrow : coversFrom
}

type Piece = { row: Numbered; worth: number; value: number; isWhole: boolean }

function left({ row, worth }: Part, from: Date): Piece {
  const value = shareOf(worth, valueFrom(row, from), worthOf(row))
  return { row, worth, value, isWhole: worth === worthOf(row) }
}

/** What it had replaced, with what of its credit was not used yet: the first of them was used first. */
function revived({ row, replaced }: Part, from: Date): Piece[] {
  const credits = replaced.reduce((sum, { credit }) => sum + credit, 0)
  let rest = shareOf(credits, valueFrom(row, from), worthOf(row))
  const pieces = replaced.toReversed().map(({ part, credit }) => {
    const value = Math.min(credit, rest)
    rest -= value
    return { row: part.row, worth: worthOf(part.row), value, isWhole: false }
  })
  return pieces.toReversed()
}

type Laid = { row: Numbered }

/** One after the other; what stands before another plan becomes its credit. */
function laidOut(pieces: readonly Piece[], first: Date): Laid[] {
  const laid: Laid[] = []
  let chain: Piece[] = []
  let at = first
  let end: Date | null = null
  for (const piece of pieces) {
    const grows = chain.length > 0 && chain.at(-1)?.row.plan !== piece.row.plan
    const more = grows ? chain.reduce((sum, { value }) => sum + value, 0) : 0
    const grown = { ...piece, worth: piece.worth + more, value: piece.value + more }
    // Days between two periods (given ones, say) stay between them.
    const gap = end && piece.isWhole && piece.row.coversFrom > end && !grows ? piece.row.coversFrom : null
    if (grows) at = first
    if (gap && gap > at) at = gap
    end = piece.row.coversUntil
    const row = grows && more > 0 ? bought(grown, at) : placed(piece, at)
    chain = grows ? [grown] : [...chain, piece]
    laid.push({ row })
    at = row.coversUntil
  }
  return laid
}

/** As many days as its value buys at its own rate; days that were used stay in proportion before them. */
function placed({ row, worth, value, isWhole }: Piece, start: Date): Numbered {
  const days = limaDaysBetween(row.coversFrom, row.coversUntil)
  if (isWhole) {
    const used =
      row.coversFrom < start && row.coversUntil > start ? limaDaysBetween(row.coversFrom, start) : 0
    const from = new Date(start.getTime() - used * day)
    return { ...row, coversFrom: from, coversUntil: new Date(from.getTime() + days * day) }
  }
  return window(row, worth, value, start, daysFor(value, worthOf(row), days))
}

/** With more credit than before: at the price at which it was sold. */
function bought({ row, worth, value }: Piece, start: Date): Numbered {
  const days = limaDaysBetween(row.coversFrom, row.coversUntil)
  const own = daysFor(value, worthOf(row), days)
  const { priceCentimos, period } = row
  if (!priceCentimos || !period || row.isAgreed) return window(row, worth, value, start, own)
  const whole = limaDaysBetween(start, addPeriod(start, period, anchorBefore(start)))
  return window(row, worth, value, start, daysFor(value, priceCentimos, whole))
}

function window(row: Numbered, worth: number, value: number, start: Date, days: number): Numbered {
  const until = new Date(start.getTime() + days * day)
  const whole =
    days === 0 ? limaDaysBetween(row.coversFrom, row.coversUntil) : wholeDays(row, worth, value, days)
  const creditCentimos = worth - row.amountCentimos
  return { ...row, creditCentimos, coversFrom: new Date(until.getTime() - whole * day), coversUntil: until }
}

/** So many that the `days` of them that are left are worth no more than `value`. */
function wholeDays(row: Numbered, worth: number, value: number, days: number): number {
  const before = limaDaysBetween(row.coversFrom, row.coversUntil)
  if (worth === worthOf(row) && days <= before && mulDiv(worth, days, before) <= value) return before
  let whole = Math.max(days, Math.floor((worth * days) / Math.max(1, value + 1)))
  while (mulDiv(worth, days, whole) > value) whole += 1
  return whole
}

function daysFor(value: number, worth: number, days: number): number {
  let bought = shareOf(days, value, worth)
  while (bought > 0 && mulDiv(worth, bought, days) > value) bought -= 1
  return bought
}

/** One that has no days left, or that another one has replaced: only its credit may be less. */
const reduced = ({ row, worth }: Part): Numbered => ({ ...row, creditCentimos: worth - row.amountCentimos })

function changeOf(periods: readonly Numbered[], { id, creditCentimos, coversFrom, coversUntil }: Numbered) {
  const before = periods.find((period) => period.id === id)
  const isSame =
    before?.creditCentimos === creditCentimos &&
    before.coversFrom.getTime() === coversFrom.getTime() &&
    before.coversUntil.getTime() === coversUntil.getTime()
  return isSame ? [] : [{ id, creditCentimos, coversFrom, coversUntil }]
}

const shareOf = (whole: number, part: number, of: number) => (of > 0 ? mulDiv(whole, part, of) : 0)
