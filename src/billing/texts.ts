import { type AccountState, lockOf } from '#src/billing/account.ts'
import { amount, type Limited } from '#src/billing/limits.ts'
import type { BeginRefusal, DeclareProblem, Method, PaymentStatus } from '#src/billing/payments/payment.ts'
import type { Period } from '#src/billing/price.ts'
import { formatShortDay, limaDate, limaDayBounds } from '#src/lib/lima.ts'
import { formatSoles } from '#src/lib/money.ts'

export const methodNames: Record<Method, string> = {
  yape: 'Yape',
  plin: 'Plin',
  transfer: 'Transferencia',
  mercadopago: 'Mercado Pago',
}

/** To choose from: what a person pays with. */
export const methodTitles: Record<Method, string> = {
  ...methodNames,
  mercadopago: 'Tarjeta, con Mercado Pago',
}

export const documentNames = { boleta: 'Boleta', factura: 'Factura' } as const
export const periodNames: Record<Period, string> = { month: 'un mes', year: 'un año' }

export const statusNames: Record<PaymentStatus, string> = {
  open: 'Sin terminar',
  declared: 'Por confirmar',
  confirmed: 'Pagado',
  refused: 'No encontrado',
  refunded: 'Devuelto',
  charged_back: 'Devuelto por tu banco',
  expired: 'Sin terminar',
  agreed: 'Acordado',
}

export const formTexts = {
  method: 'Elige cómo vas a pagar.',
  document: 'Elige boleta o factura.',
  dni: 'El DNI tiene 8 números.',
  name: 'Escribe el nombre que va en la boleta.',
  legalName: 'Escribe el nombre legal que va en la factura.',
  operationMissing: 'Escribe el número de operación de tu pago.',
  operation: 'Revisa el número de operación: tiene de 4 a 40 letras o números.',
  tooMany: 'Demasiados intentos. Espera unos minutos y vuelve a intentar.',
  pictureTooHeavy:
    'Esa foto pesa más de 200 KB. Elige una más pequeña, o envía tu aviso sin foto: con el número basta.',
  identity: 'Pasa de S/ 700: para tu boleta escribe tu DNI y tu nombre.',
}

/** `23 dic`, and with its year when that is another one. */
export function dayText(at: Date, now: Date): string {
  const year = limaDate(at).slice(0, 4)
  return year === limaDate(now).slice(0, 4) ? formatShortDay(at) : `${formatShortDay(at)} ${year}`
}

/** The last day that a period covers: `midnight` is the first instant that it does not. */
export const lastDayText = (midnight: Date, now: Date) => dayText(new Date(midnight.getTime() - 1), now)

type Days = { coversFrom: Date; coversUntil: Date }

/** `del 24 nov al 23 dic` */
export const coversText = ({ coversFrom, coversUntil }: Days, now: Date) =>
  `del ${dayText(coversFrom, now)} al ${lastDayText(coversUntil, now)}`

type Sold = { planName: string; amountCentimos: number; period: Period; until: Date }

/** «Pagas Local: S/ 69.00 por un mes (hasta el 23 dic).» */
export const payText = ({ planName, amountCentimos, period, until }: Sold, now: Date) =>
  `Pagas ${planName}: ${formatSoles(amountCentimos)} por ${periodNames[period]} (hasta el ${lastDayText(until, now)}).`

/** Days that come before those that are paid now; null when the period begins at once. */
export function startText(from: Date, isOnTrial: boolean, now: Date): string | null {
  if (from <= limaDayBounds(now).to) return null
  const before = isOnTrial ? 'terminan tus días de prueba' : 'terminan los días que ya tienes'
  return `Empieza el ${dayText(from, now)}, cuando ${before}.`
}

/** What is in the way of beginning a payment, with the way out. */
export function beginText(refusal: BeginRefusal, now: Date): string {
  switch (refusal.problem) {
    case 'not-sold':
      return 'Ese plan ya no se vende. Elige otro.'
    case 'suspended':
      return 'Tu cuenta está en pausa. Escríbenos para activarla.'
    case 'closed':
      return 'Tu cuenta está cerrada. Vuelve a abrirla para pagar un plan.'
    case 'identity':
      return formTexts.identity
    case 'too-small':
      return tooSmallText(refusal)
    case 'covered':
      return coveredText(refusal, now)
    case 'declared':
      return `Ya nos avisaste de un pago el ${dayText(refusal.declaredAt, now)} y lo estamos confirmando. No necesitas pagar otra vez.`
  }
}

type Small = { planName: string; over: readonly Limited[] }

const tooSmallText = ({ planName, over }: Small) =>
  `Lo que tienes no entra en ${planName}: te sobran ${over.map((what) => nouns[what]).join(' y ')}.`

const nouns: Record<Limited, string> = {
  branches: 'locales',
  registers: 'cajas',
  staff: 'personas',
  products: 'productos',
}

/** On its card: «Tienes 4 personas y Puesto llega a 3.» */
export function tooSmallHint(
  plan: { name: string } & Record<Limited, number | null>,
  usage: Record<Limited, number>,
  [what]: readonly Limited[],
): string {
  if (!what) return ''
  return `Tienes ${amount(usage[what], what)} y ${plan.name} llega a ${plan[what] ?? 0}.`
}

type Covered = Extract<BeginRefusal, { problem: 'covered' }>

function coveredText({ planName, creditCentimos, since }: Covered, now: Date): string {
  const left = `Lo que te queda de tu plan vale ${formatSoles(creditCentimos)}, más que ${planName}.`
  return since
    ? `${left} Puedes cambiarte desde el ${dayText(since, now)}, o elegirlo por un año.`
    : `${left} Elígelo por un año, o escríbenos y lo cambiamos por ti.`
}

/** To the operator, of whoever has just declared a payment. */
export function tillText(account: AccountState): string {
  if (account.kind === 'provisional') return 'Su caja funciona 48 horas desde su aviso mientras lo confirmas.'
  return lockOf(account)
    ? 'Su caja está cerrada hasta que lo confirmes: ya usó sus 48 horas.'
    : 'Su caja sigue abierta mientras lo confirmas.'
}

export function declareText(
  problem: DeclareProblem,
  other: { declaredAt: Date | null; createdAt: Date },
  now: Date,
): string {
  const day = dayText(other.declaredAt ?? other.createdAt, now)
  const sentences: Record<DeclareProblem, string> = {
    decided: 'Este pago ya no está abierto. Elige tu plan otra vez.',
    'not-by-hand': 'Este pago se hace en Mercado Pago.',
    declared: `Ya nos avisaste de otro pago el ${day} y lo estamos confirmando. No necesitas pagar otra vez.`,
    'number-used': `Ese número es de tu pago del ${day}. Escribe el número de este pago.`,
  }
  return sentences[problem]
}
