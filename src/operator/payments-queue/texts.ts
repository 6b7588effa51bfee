import type {
  Method,
  PaymentStatus,
  RefuseProblem,
  ReverseProblem,
  SettleProblem,
} from '#src/billing/payments/payment.ts'

export const methodNames: Record<Method, string> = {
  yape: 'Yape',
  plin: 'Plin',
  transfer: 'transferencia',
  mercadopago: 'Mercado Pago',
}

export const statusNames: Record<PaymentStatus, string> = {
  agreed: 'Acordado',
  open: 'Empezado',
  declared: 'Por confirmar',
  confirmed: 'Confirmado',
  refused: 'Rechazado',
  refunded: 'Devuelto',
  charged_back: 'Contracargo',
  expired: 'Vencido sin pagar',
}

export const filterNames = {
  declared: 'Por confirmar',
  uninvoiced: 'Sin comprobante',
  confirmed: 'Confirmados',
  refused: 'Rechazados y devueltos',
  open: 'Empezados',
} as const

export const settleTexts: Record<SettleProblem, string> = {
  'not-found': 'Ese pago ya no está, o su negocio se borró.',
  reversed: 'Ese pago ya se devolvió: no se puede confirmar.',
  'external-taken': 'Ese pago ya está anotado con otro número.',
}

export const refuseTexts: Record<RefuseProblem, string> = {
  'not-found': 'Ese pago ya no está, o su negocio se borró.',
  confirmed: 'Ese pago ya está confirmado. Si el dinero regresó, anota la devolución.',
  reversed: 'Ese pago ya se devolvió.',
}

export const refundTexts: Record<ReverseProblem | 'not-confirmed', string> = {
  'not-found': 'Ese pago ya no está, o su negocio se borró.',
  'not-confirmed': 'Solo se devuelve un pago confirmado.',
}

export const invoiceTexts = {
  shape: 'Escribe la serie y el número, por ejemplo F001-123 o EB01-45.',
  state: 'Solo un pago confirmado lleva comprobante.',
}

/** After a press, by the word in the address. */
export const doneTexts: Record<string, string> = {
  confirmado: 'Listo: pago confirmado.',
  rechazado: 'Listo: pago rechazado. Le escribimos a su dueño.',
  devuelto: 'Listo: devolución anotada. Sus días volvieron atrás.',
  comprobante: 'Listo: comprobante anotado.',
}
