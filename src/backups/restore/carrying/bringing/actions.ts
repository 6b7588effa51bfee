import { errnoOf, isConnectionLost } from '#src/db/errors.ts'
import type { MissingSale } from '../../restore.ts'
import { type Carried, carrySales, raiseMarks } from '../actions.ts'
import { type Marks, missingSales, readMarks, type Side } from '../queries.ts'

export type Brought = {
  missing: MissingSale[]
  carried: Carried
  /** Nobody could tell which numbers were printed: each series was put so far ahead. 0: they are known. */
  numbersAhead: number
}

/**
 * `old` is whatever still knows of the time after: the old database, or the log when that is gone. Without it, and
 * unless everything that was ever sold is here, numbers that nobody knows of may stand on tickets.
 */
export async function bringOver(
  old: Side | null,
  here: Side,
  carry: boolean,
  isEverythingHere = false,
): Promise<Brought> {
  const marks: Marks | null = old ? await readMarks(old) : null
  const missing = old ? await missingSales(old, here) : []
  const keys = carry ? missing.map((sale) => sale.requestKey) : []
  const carried = old ? await carrySales(old, here, keys) : { carried: [], left: [] }
  const numbersAhead = old || isEverythingHere ? 0 : unknownNumbers
  await raiseMarks(here, marks, numbersAhead)
  return { missing, carried, numbersAhead }
}

/** More than any shop sells while the log is kept. */
const unknownNumbers = 10_000

/** Read once before anybody has to wait: a table that the server cannot read must not stop the way out of it. */
export async function isReadable(old: Side, here: Side): Promise<boolean> {
  try {
    await readMarks(old)
    await missingSales(old, here)
    return true
  } catch (error) {
    if (errnoOf(error) === null || isConnectionLost(error)) throw error
    return false
  }
}
