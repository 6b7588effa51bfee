/** Where she stands, in a sentence at the head of «Tu plan». */

import type { AccountState } from '#src/billing/account.ts'
import { accountChip, expired, lastDayBefore } from '#src/billing/strip.ts'
import { lastDayText } from '#src/billing/texts.ts'

type Standing = {
  account: AccountState
  own: { name: string } | null
  paidUntil: Date | null
  isCancelled: boolean
}

export function standingText({ account, own, paidUntil, isCancelled }: Standing, now: Date): string {
  const name = own?.name ?? 'de prueba'
  switch (account.kind) {
    case 'trial':
      return `${accountChip(account)}. Elige un plan cuando quieras: no pierdes ni un día.`
    case 'paid':
      return `Tienes ${name} hasta el ${lastDayText(account.until, now)}${isCancelled ? ', y lo cancelaste' : ''}.`
    case 'provisional':
      return 'Tu caja funciona mientras confirmamos tu pago.'
    case 'late':
      return `${expired(account.since)} Puedes vender hasta el ${lastDayBefore(account.until)}.`
    case 'trial-over':
      return 'Tu prueba ha terminado. ¡Elige un plan para continuar donde lo dejaste!'
    case 'locked':
      return paidUntil
        ? `${expired(paidUntil)} Elige un plan para continuar donde lo dejaste.`
        : 'Elige un plan para continuar donde lo dejaste.'
    case 'suspended':
      return 'Tu cuenta está en pausa. Escríbenos para activarla.'
    case 'closed':
      return 'Cerraste tu cuenta. Para pagar un plan, primero vuelve a abrirla.'
  }
}
