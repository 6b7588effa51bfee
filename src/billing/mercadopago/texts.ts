import type { CheckoutProblem } from './checkout/checkout.ts'
import type { Mismatch } from './decision.ts'

/** For the operator, in the audit log. */
export const mismatchTexts: Record<Mismatch, string> = {
  'unknown-reference': 'Un pago de Mercado Pago con una referencia que no es nuestra.',
  'wrong-amount': 'El monto pagado en Mercado Pago no es el que cobramos.',
  'wrong-currency': 'El pago de Mercado Pago vino en otra moneda.',
  'partly-refunded': 'Mercado Pago devolvió una parte de este pago.',
  'chargeback-won': 'Mercado Pago nos dio la razón en un contracargo: revisa si el plan debe volver.',
  'unknown-subscription': 'Cobro de una suscripción que ya no es la de este negocio: devuélvelo.',
  'after-cancelling': 'Cobro hecho después de cancelar la renovación: devuélvelo.',
  'cannot-settle': 'Un pago aprobado de Mercado Pago no pudo aplicarse a su compra.',
}

/** For the owner, while her checkout is still open. */
export const rejectedText = 'Mercado Pago no aceptó ese pago. Prueba con otra tarjeta o paga de otra forma.'

export const checkoutTexts: Record<CheckoutProblem, string> = {
  'not-open': 'Este pago ya no está abierto.',
  'cannot-renew': 'Esta vez pagas con tu saldo a favor, así que se paga una sola vez.',
  'no-answer': 'Mercado Pago no responde en este momento. Intenta de nuevo o paga con Yape.',
}
