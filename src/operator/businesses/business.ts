/** A business as the operator sees it: from our own rows, never from its database. Pure. */

import { type AccountState, isInLastDays } from '#src/billing/account.ts'
import { limaDaysBetween } from '#src/lib/lima.ts'
import { count } from '#src/lib/text.ts'
import type { Rubro } from '#src/tenants/rubro.ts'

export type Business = {
  id: number
  name: string
  rubro: Rubro
  plan: string
  planName: string
  /** null: its database is gone. */
  account: AccountState | null
  /** A midnight in Lima: the first instant that is not paid. */
  paidUntil: Date | null
  /** From which midnight on more days would count; null: they would change nothing. */
  extendsFrom: Date | null
  /** On trial: what may end it before its days are counted down. */
  trialEnd: TrialEnd | null
  signedUpAt: Date
  flags: readonly string[]
  schemaVersion: number
  /** Everything until then is in a copy that was restored and compared. null: there is none. */
  coveredUntil: Date | null
  /** What changed more than 36 hours ago is in no verified copy. */
  isUncovered: boolean
  errorsToday: number
  stats: Stats
}

export type TrialEnd = {
  /** null: its sales do not end it now. */
  salesLeft: number | null
  /** A midnight in Lima: it ends then whatever sales are left. null: never by that. */
  lastMidnight: Date | null
}

/** Exactly as old as `refreshedAt`; null: not counted yet. */
export type Stats = {
  refreshedAt: Date | null
  setupStep: number
  ownerName: string
  ownerEmail: string
  /** Only where the owner agreed to be written to. */
  whatsapp: string | null
  branches: number
  registers: number
  staff: number
  products: number
  salesMade: number
  salesCentimos: number
  sales7Days: number
  firstSaleAt: Date | null
  lastSaleAt: Date | null
  databaseBytes: number
}

export const states = [
  'prueba',
  'ultimos-dias',
  'prueba-terminada',
  'por-confirmar',
  'al-dia',
  'vencido',
  'bloqueado',
  'en-pausa',
  'cerrado',
  'borrado',
] as const
export type State = (typeof states)[number]

export function stateOf({ account, trialEnd }: Pick<Business, 'account' | 'trialEnd'>, now: Date): State {
  switch (account?.kind) {
    case undefined:
      return 'borrado'
    case 'trial':
      return isInLastDays(account, trialEnd?.lastMidnight ?? null, now) ? 'ultimos-dias' : 'prueba'
    case 'trial-over':
      return 'prueba-terminada'
    case 'provisional':
      return 'por-confirmar'
    case 'paid':
      return 'al-dia'
    case 'late':
      return 'vencido'
    case 'locked':
      return 'bloqueado'
    case 'suspended':
      return 'en-pausa'
    case 'closed':
      return 'cerrado'
  }
}

type Left = { text: string; days: number }

/** What is left, or how long it has been over; `days` orders the table: over is below zero. */
export function daysLeft(account: AccountState | null, now: Date): Left {
  switch (account?.kind) {
    case undefined:
      return { text: '', days: Number.NEGATIVE_INFINITY }
    case 'trial':
      return account.left.kind === 'sales' || (account.left.daysLeft === 0 && account.left.salesLeft)
        ? { text: count(account.left.salesLeft ?? 0, 'venta', 'ventas'), days: 0 }
        : remaining(account.left.daysLeft)
    case 'paid':
    case 'provisional':
    case 'late':
      return remaining(wholeDays(now, account.until))
    case 'closed': {
      const days = Math.max(0, limaDaysBetween(now, account.deleteAt))
      return { text: days === 0 ? 'se puede borrar' : `se borra en ${inDays(days)}`, days: days - 1000 }
    }
    case 'trial-over':
    case 'locked':
    case 'suspended':
      return over(limaDaysBetween(account.since, now))
  }
}

const inDays = (days: number) => count(days, 'día', 'días')
const remaining = (days: number): Left => ({ text: days === 0 ? 'último día' : inDays(days), days })
const over = (days: number): Left => ({
  text: days <= 0 ? 'desde hoy' : `hace ${inDays(days)}`,
  days: -days - 1,
})

/** Of what ends at an instant: the days after today that count whole. */
const wholeDays = (now: Date, until: Date) => limaDaysBetween(now, new Date(until.getTime() - 1))

/** 1536 → `1.5 KB`; 41943040 → `40 MB`. */
export function sizeText(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB']
  let [size, unit] = [bytes, 0]
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024
    unit += 1
  }
  const rounded = size < 10 && unit > 0 ? Math.round(size * 10) / 10 : Math.round(size)
  return `${rounded}\u00a0${units[unit]}`
}
