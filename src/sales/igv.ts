/** The rates of the tax inside every price, by date and regime, and what a ticket must say (PERU.md, sections 3 and 4). */

import { limaDate } from '#src/lib/lima.ts'

export type Regime = 'none' | 'unknown' | 'rus' | 'rer' | 'mype' | 'general'
export type IgvKind = 'general' | 'restaurant'

const generalBasisPoints = 1800

/**
 * The special rate of restaurants and hotels that are micro or small companies, newest first. The rate
 * of 2027 is known from one source only (confidence C): to be confirmed before it starts.
 */
const restaurantRates = [
  { from: '2028-01-01', basisPoints: 1800 },
  { from: '2027-01-01', basisPoints: 1500 },
  { from: '2026-01-01', basisPoints: 1050 },
  { from: '2022-09-01', basisPoints: 1000 },
]

/** The rate in force in Lima at the instant of the sale: 0 where the ticket breaks no tax down. */
export function igvBasisPoints(regime: Regime, kind: IgvKind, at: Date): number {
  if (!breaksDownTax(regime)) return 0
  return kind === 'restaurant' ? restaurantBasisPoints(limaDate(at)) : generalBasisPoints
}

/** Never for RUS, without RUC, or while the regime is not known. */
export function breaksDownTax(regime: Regime): boolean {
  return regime === 'rer' || regime === 'mype' || regime === 'general'
}

/** The special rate in force and its last day in Lima (`2026-12-31`), or null where it is no longer special. */
export function restaurantRateEnds(at: Date): { basisPoints: number; lastDay: string } | null {
  const today = limaDate(at)
  const basisPoints = restaurantBasisPoints(today)
  if (basisPoints === generalBasisPoints) return null
  const next = restaurantRates.filter((rate) => rate.from > today).at(-1)
  return next ? { basisPoints, lastDay: dayBefore(next.from) } : null
}

const restaurantBasisPoints = (today: string) =>
  restaurantRates.find((rate) => rate.from <= today)?.basisPoints ?? generalBasisPoints

const dayBefore = (date: string) => new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10)

/** 1050 → `10.5 %` */
export function formatRate(basisPoints: number): string {
  return `${basisPoints / 100}\u00a0%`
}

/** What every internal ticket says about itself, in the order of the paper. */
export function legends(regime: Regime): string[] {
  const exchange = breaksDownTax(regime) ? 'Canjear por boleta o factura' : 'Canjear por boleta'
  return [notAComprobante, ...(regime === 'none' ? [] : [exchange])]
}

const notAComprobante = 'ESTE DOCUMENTO NO ES UN COMPROBANTE DE PAGO'
