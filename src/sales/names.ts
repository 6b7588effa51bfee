import type { Method } from '#src/sales/payment.ts'
import type { Channel } from '#src/sales/sale.ts'

// How a sale's words stand on the screen and on paper. Also runs in the till's page.

export const methodNames: Record<Method, string> = {
  efectivo: 'Efectivo',
  yape: 'Yape',
  plin: 'Plin',
  tarjeta: 'Tarjeta',
  app: 'Por cobrar a la app',
}
export const channelNames: Record<Channel, string> = {
  salon: 'Salón',
  llevar: 'Para llevar',
  delivery: 'Delivery',
  rappi: 'Rappi',
  pedidosya: 'PedidosYa',
  didi: 'DiDi',
}

/** `NV01-000118`: at least six figures, and more when a series lives that long. */
export const saleNumber = (seriesCode: string, number: number) =>
  `${seriesCode}-${String(number).padStart(6, '0')}`
