/** Days as a form types them, and the midnights behind them. Pure. */

import { limaDate, limaDayBounds } from '#src/lib/lima.ts'

/** `2026-12-31` → the midnight in Lima with which that day ends; null: no such day. */
export function limaDayEnd(text: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null
  const noon = new Date(`${text}T12:00:00-05:00`)
  if (Number.isNaN(noon.getTime()) || limaDate(noon) !== text) return null
  return limaDayBounds(noon).to
}

/** The last day that a midnight ends: `2026-12-31`. */
export const lastDayBefore = (midnight: Date) => limaDate(new Date(midnight.getTime() - 1))
