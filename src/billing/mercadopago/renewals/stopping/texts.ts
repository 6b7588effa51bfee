import type { StopReason } from './stopping.ts'

/** For the operator, in the audit log. `asked`: nothing was stopped. */
export const stopTexts: Record<StopReason | 'asked', string> = {
  closed: 'El negocio se cerró: Mercado Pago ya no le cobra.',
  suspended: 'El negocio está en pausa: Mercado Pago ya no le cobra.',
  'charged-back': 'Hubo un contracargo: Mercado Pago ya no le cobra.',
  asked: 'Se devolvió un pago y Mercado Pago le sigue cobrando solo: pregúntale a su dueño si lo cancela.',
}

/** For the owner, in a mail. */
export const stoppedTexts: Record<StopReason, string> = {
  closed: 'Cerraste tu cuenta, así que Mercado Pago ya no te cobrará.',
  suspended:
    'Tu cuenta de SmartKet está en pausa, así que Mercado Pago ya no te cobrará. Tus datos siguen aquí. Cuando vuelvas, podrás elegir otra vez cómo pagar.',
  'charged-back':
    'El dueño de la tarjeta desconoció un pago, así que Mercado Pago ya no la cobrará. Tus datos siguen aquí. Para seguir vendiendo, paga en tu página de plan.',
}
