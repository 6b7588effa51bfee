import type { SaleBody } from '#src/sales/form.ts'
import type { Regime } from '#src/sales/igv.ts'
import type { Priced } from '#src/sales/pricing.ts'

/** A sale that nothing refuses any more. */
export type AcceptedSale = {
  seller: { id: number }
  body: SaleBody
  hash: string
  context: { regime: Regime; seriesCode: string; nextNumber: number }
  cashSessionId: number
  priced: Priced
  rate: number
  now: Date
}

/** Regime and rate are those of the instant of the sale, whatever the shop becomes later. */
export function saleRow({ body, hash, context, cashSessionId, priced, rate, seller, now }: AcceptedSale) {
  return {
    requestKey: body.requestKey,
    bodyHash: hash,
    registerId: body.registerId,
    cashSessionId,
    staffId: seller.id,
    seriesCode: context.seriesCode,
    number: context.nextNumber,
    orderLabel: body.orderLabel,
    channel: body.channel,
    regime: context.regime,
    igvBasisPoints: rate,
    ...priced.totals,
    roundingCentimos: priced.settlement.roundingCentimos,
    soldAt: now,
    receivedAt: now,
  }
}

export const lineRows = (priced: Priced, saleId: number) =>
  priced.lines.map((line, index) => ({
    saleId,
    position: index + 1,
    productId: line.product.id,
    name: line.product.name,
    unitPriceCentimos: line.unitPriceCentimos,
    quantityThousandths: line.quantityThousandths,
    affectation: line.affectation,
    igvCentimos: line.igvCentimos,
    totalCentimos: line.totalCentimos,
  }))

export const paymentRows = ({ priced, seller, now }: AcceptedSale, saleId: number) =>
  priced.settlement.payments.map((payment) => ({
    saleId,
    method: payment.method,
    amountCentimos: payment.amountCentimos,
    receivedCentimos:
      payment.method === 'efectivo' ? (payment.receivedCentimos ?? payment.amountCentimos) : null,
    changeCentimos: payment.method === 'efectivo' ? payment.changeCentimos : null,
    operationNumber: payment.operationNumber ?? null,
    staffId: seller.id,
    createdAt: now,
  }))
