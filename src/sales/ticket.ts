import { formatPaperDate } from '#src/lib/lima.ts'
import { formatAmount, formatSoles } from '#src/lib/money.ts'
import { formatQuantity } from '#src/lib/quantity.ts'
import { amountInWords } from '#src/lib/words.ts'
import { breaksDownTax, formatRate, legends, type Regime } from '#src/sales/igv.ts'
import { channelNames, methodNames } from '#src/sales/names.ts'
import type { Method } from '#src/sales/payment.ts'
import type { Channel } from '#src/sales/sale.ts'

/** Everything that the paper says, ready to print: practice sales are stored as this and nothing else. */
export type Ticket = {
  paper: '80' | '58'
  isPractice: boolean
  businessName: string
  legalName: string | null
  ruc: string | null
  /** Address and WhatsApp of the branch, as far as known. */
  contact: string | null
  number: string
  order: string
  channel: string
  date: string
  attendedBy: string
  lines: { quantity: string; name: string; unitPriceCentimos: number; totalCentimos: number }[]
  /** Empty unless the regime breaks the tax down (PERU.md, section 3). */
  taxLines: { label: string; centimos: number }[]
  totalCentimos: number
  /** Never positive; its own line, and only when cash was paid. */
  roundingCentimos: number
  dueCentimos: number
  words: string
  payments: {
    method: Method
    label: string
    amountCentimos: number
    receivedCentimos: number | null
    changeCentimos: number
    operationNumber: string | null
  }[]
  legends: string[]
}

export type TicketShop = {
  businessName: string
  legalName: string | null
  ruc: string | null
  address: string | null
  branchAddress: string | null
  whatsapp: string | null
  paper: '80' | '58' | 'none'
}

export type TicketSale = {
  number: string
  orderLabel: string
  channel: Channel
  soldAt: Date
  staffName: string
  regime: Regime
  igvBasisPoints: number
  gravadoCentimos: number
  exoneradoCentimos: number
  inafectoCentimos: number
  igvCentimos: number
  totalCentimos: number
  roundingCentimos: number
  lines: readonly {
    name: string
    unitPriceCentimos: number
    quantityThousandths: number
    stepThousandths: number
    unit: 'unidad' | 'kg'
    totalCentimos: number
  }[]
  payments: readonly {
    method: Method
    amountCentimos: number
    receivedCentimos?: number | null | undefined
    changeCentimos?: number | null | undefined
    operationNumber?: string | null | undefined
  }[]
}

/** The paper of a sale. Tax, legends and rate are those stored with the sale, not those of today. */
export function buildTicket(shop: TicketShop, sale: TicketSale, isPractice = false): Ticket {
  return {
    paper: shop.paper === '58' ? '58' : '80',
    isPractice,
    businessName: shop.businessName,
    legalName: sale.regime === 'none' || shop.legalName === shop.businessName ? null : shop.legalName,
    ruc: sale.regime === 'none' ? null : shop.ruc,
    contact:
      [shop.branchAddress ?? shop.address, shop.whatsapp && inThrees(shop.whatsapp)]
        .filter(Boolean)
        .join(' · ') || null,
    number: sale.number,
    order: `PEDIDO ${sale.orderLabel}`,
    channel: channelNames[sale.channel].toLocaleUpperCase('es-PE'),
    date: formatPaperDate(sale.soldAt),
    attendedBy: sale.staffName,
    lines: sale.lines.map((line) => ({
      quantity:
        formatQuantity(line.quantityThousandths, line.stepThousandths) + (line.unit === 'kg' ? ' kg' : ''),
      name: line.name,
      unitPriceCentimos: line.unitPriceCentimos,
      totalCentimos: line.totalCentimos,
    })),
    taxLines: breaksDownTax(sale.regime) ? taxLines(sale) : [],
    totalCentimos: sale.totalCentimos,
    roundingCentimos: sale.roundingCentimos,
    dueCentimos: sale.totalCentimos + sale.roundingCentimos,
    words: `SON: ${amountInWords(sale.totalCentimos + sale.roundingCentimos)}`,
    payments: sale.payments.map((payment) => ({
      method: payment.method,
      label: methodNames[payment.method],
      amountCentimos: payment.amountCentimos,
      receivedCentimos: payment.receivedCentimos ?? null,
      changeCentimos: payment.changeCentimos ?? 0,
      operationNumber: payment.operationNumber || null,
    })),
    legends: legends(sale.regime),
  }
}

/** `987654321` → `987 654 321`, on one line: as a number is read out over the counter. */
const inThrees = (mobile: string) => mobile.replace(/\s/g, '').replace(/\d{3}(?=\d)/g, '$&\u00a0')

function taxLines(sale: TicketSale) {
  return [
    { label: 'Op. gravada', centimos: sale.gravadoCentimos },
    { label: 'Op. exonerada', centimos: sale.exoneradoCentimos },
    { label: 'Op. inafecta', centimos: sale.inafectoCentimos },
    { label: `IGV ${formatRate(sale.igvBasisPoints)}`, centimos: sale.igvCentimos },
  ].filter((line) => line.centimos > 0)
}

/** The ticket as a WhatsApp message: bold is `*…*` there. */
export function ticketText(ticket: Ticket): string {
  const rounded = ticket.roundingCentimos !== 0
  return [
    ...(ticket.isPractice ? [practiceMark] : []),
    `*${ticket.businessName}*`,
    `NOTA DE VENTA ${ticket.number}`,
    ticket.date,
    '',
    ...ticket.lines.map((line) => `${line.quantity} × ${line.name}: ${formatAmount(line.totalCentimos)}`),
    '',
    ...(rounded
      ? [`Total: ${formatAmount(ticket.totalCentimos)}`, `Redondeo: ${formatAmount(ticket.roundingCentimos)}`]
      : []),
    `*TOTAL ${formatSoles(ticket.dueCentimos)}*`,
    ...ticket.payments.map(
      (payment) => `${payment.label} ${formatAmount(payment.receivedCentimos ?? payment.amountCentimos)}`,
    ),
    ...ticket.legends,
    'Gracias por tu compra',
  ].join('\n')
}

export const practiceMark = 'VENTA DE PRUEBA · SIN VALOR'
