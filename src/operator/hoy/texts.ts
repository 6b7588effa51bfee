import type { Queue } from './queues.ts'

/** UX.md, section 12. */
export const queueNames: Record<Queue, string> = {
  configuracion: 'Se quedaron en la configuración',
  'primera-venta': 'Sin primera venta',
  'fin-de-prueba': 'La prueba termina',
  pagos: 'Pagos por confirmar',
  vencidos: 'Vencidos',
}

export const queueHints: Record<Queue, string> = {
  configuracion: 'Más de un día sin terminar los cuatro pasos.',
  'primera-venta': 'Configurados, y dos días sin vender.',
  'fin-de-prueba': 'Le quedan tres días o menos.',
  pagos: 'Pueden vender mientras lo revisas.',
  vencidos: 'Terminó su prueba o su plan en los últimos 30 días.',
}

/** Whoever has used up her 48 hours waits with a closed till. */
export const waitsLockedHint = (n: number) =>
  n === 1
    ? 'Un negocio no puede vender hasta que lo revises: va primero.'
    : `${n} negocios no pueden vender hasta que los revises: van primero.`

export const hoyTexts = {
  waitsLocked: 'No puede vender',
  nobody: 'Nadie espera hoy.',
  noContact: 'No aceptó que le escribamos.',
}
