import type { LockKind } from '#src/billing/account.ts'
import { lockedSaleText } from '#src/billing/lock/texts.ts'
import { formatSoles } from '#src/lib/money.ts'
import type { BodyProblem } from '#src/sales/form.ts'
import { methodNames } from '#src/sales/names.ts'
import type { PricingProblem, Refusal } from '#src/sales/pricing.ts'
import { blockedText } from '#src/stock/texts.ts'

export type ChargeProblem =
  | BodyProblem
  | PricingProblem
  | 'unknown-register'
  | 'no-open-cash-session'
  | 'out-of-stock'
  | 'locked'
  | 'request-key-reused'
/** `lock`: why the business does not sell. */
export type ChargeRefusal = Refusal<ChargeProblem> & { lock?: LockKind }

type Said = { status: 422 | 409 | 404; text: (refusal: ChargeRefusal) => string }

/** 422: mend what was typed. 409: the shop has changed under the order. 404: not this business's. */
const said: Record<ChargeProblem, Said> = {
  'other-business': {
    status: 409,
    text: () => 'Aquí entró otro negocio. Vuelve a ingresar; tu pedido está guardado.',
  },
  malformed: { status: 422, text: () => 'No pudimos leer el pedido. Vuelve a intentar.' },
  empty: { status: 422, text: () => 'Agrega un producto para cobrar.' },
  'too-many-lines': { status: 422, text: () => 'Un pedido lleva hasta 200 líneas. Cóbralo en dos.' },
  'bad-quantity': { status: 422, text: () => 'Revisa las cantidades del pedido.' },
  'unknown-product': { status: 422, text: () => 'Un producto del pedido ya no existe. Quítalo para cobrar.' },
  'product-hidden': {
    status: 409,
    text: ({ lines }) => `${names(lines)} ya no está a la venta. Quítalo para cobrar.`,
  },
  'product-unavailable': {
    status: 409,
    text: ({ lines }) => `${names(lines)}: agotado en este local. Quítalo para cobrar.`,
  },
  'out-of-stock': { status: 409, text: ({ left = [] }) => left.map(blockedText).join(' ') },
  'price-changed': {
    status: 409,
    text: ({ lines = [] }) =>
      lines
        .map(
          (line) =>
            `${line.name} ahora cuesta ${formatSoles(line.unitPriceCentimos)} (antes ${formatSoles(line.previousCentimos)}).`,
        )
        .join(' '),
  },
  'total-too-large': {
    status: 422,
    text: () => 'Una venta llega hasta S/\u00a01,000,000.00. Cóbrala en partes.',
  },
  'not-enough-cash': {
    status: 422,
    text: ({ missingCentimos = 0 }) => `Faltan ${formatSoles(missingCentimos)}.`,
  },
  'wallet-above-total': { status: 422, text: exact },
  'wallet-not-exact': { status: 422, text: exact },
  'nothing-paid': { status: 422, text: () => 'Elige cómo te pagan.' },
  'unknown-register': { status: 404, text: () => 'Esa caja no existe en tu negocio.' },
  'no-open-cash-session': {
    status: 409,
    text: () => 'Esta caja está cerrada. Ábrela para cobrar; tu pedido está guardado.',
  },
  locked: { status: 409, text: ({ lock }) => lockedSaleText(lock) },
  'request-key-reused': {
    status: 409,
    text: () => 'Este pedido ya se cobró con otros datos. Mira tus ventas antes de cobrarlo otra vez.',
  },
}

export const chargeStatus = (refusal: ChargeRefusal) => said[refusal.problem].status
export const chargeText = (refusal: ChargeRefusal) => said[refusal.problem].text(refusal)

function exact({ method = 'yape', dueCentimos = 0 }: ChargeRefusal): string {
  return `Con ${methodNames[method]} se cobra exacto: ${formatSoles(dueCentimos)}.`
}

const names = (lines: ChargeRefusal['lines'] = []) => lines.map((line) => line.name).join(', ')
