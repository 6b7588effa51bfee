import { mulDiv } from '#src/lib/money.ts'
import type { Regime } from '#src/sales/igv.ts'
import { buildTicket, type Ticket, type TicketShop } from '#src/sales/ticket.ts'

/** What «Imprimir una prueba» prints: the shop's own head over an invented sale, marked as without value. */
export function sampleTicket(shop: TicketShop, regime: Regime, igvBasisPoints: number, now: Date): Ticket {
  const line = (name: string, quantity: number, price: number) => ({
    name,
    unitPriceCentimos: price,
    quantityThousandths: quantity * 1000,
    stepThousandths: 1000,
    unit: 'unidad' as const,
    totalCentimos: quantity * price,
  })
  const totalCentimos = 5200
  const gravadoCentimos = mulDiv(totalCentimos, 10_000, 10_000 + igvBasisPoints)
  return buildTicket(
    shop,
    {
      number: 'PRU-000000',
      orderLabel: '47',
      channel: 'llevar',
      soldAt: now,
      staffName: 'Prueba',
      regime,
      igvBasisPoints,
      gravadoCentimos,
      exoneradoCentimos: 0,
      inafectoCentimos: 0,
      igvCentimos: totalCentimos - gravadoCentimos,
      totalCentimos,
      roundingCentimos: 0,
      lines: [line('Producto de prueba', 2, 1500), line('Ñandú, café y azúcar', 1, 2200)],
      payments: [
        { method: 'efectivo', amountCentimos: totalCentimos, receivedCentimos: 10_000, changeCentimos: 4800 },
      ],
    },
    true,
  )
}
