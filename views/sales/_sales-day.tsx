import { formatHour } from '#src/lib/lima.ts'
import { formatAmount, formatSoles } from '#src/lib/money.ts'
import { count } from '#src/lib/text.ts'
import type { SalesDay as Day } from '#src/sales/list.ts'
import { channelNames, methodNames, saleNumber } from '#src/sales/names.ts'
import type { Method } from '#src/sales/payment.ts'
import type { Channel } from '#src/sales/sale.ts'
import { MethodTotals } from './_method-totals.tsx'

type Sale = {
  id: number
  seriesCode: string
  number: number
  orderLabel: string
  channel: Channel
  soldAt: Date
  staffName: string
  dueCentimos: number
  methods: Method[]
}
export type SalesDayProps = { day: Day<Sale> }

export function SalesDay({ day }: SalesDayProps) {
  return (
    <section class="sales-day">
      <h2>{day.name}</h2>
      <p class="sales-day-total">
        <strong>{formatSoles(day.totalCentimos)}</strong> · {count(day.salesMade, 'venta', 'ventas')}
      </p>
      <MethodTotals totals={day.byMethod} />
      <div class="table-box">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Hora</th>
              <th scope="col">Ticket</th>
              <th scope="col">Pedido</th>
              <th scope="col">Pago</th>
              <th scope="col">Atendió</th>
              <th scope="col" class="is-amount">
                Total S/
              </th>
            </tr>
          </thead>
          <tbody>
            {day.sales.map((sale) => (
              <SaleRow sale={sale} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function SaleRow({ sale }: { sale: Sale }) {
  return (
    <tr>
      <td data-label="Hora">{formatHour(sale.soldAt)}</td>
      <td data-label="Ticket">
        <a href={`/ventas/${sale.id}/ticket`}>{saleNumber(sale.seriesCode, sale.number)}</a>
      </td>
      <td data-label="Pedido">
        {sale.orderLabel} · {channelNames[sale.channel]}
      </td>
      <td data-label="Pago">{sale.methods.map((method) => methodNames[method]).join(', ')}</td>
      <td data-label="Atendió">{sale.staffName}</td>
      <td data-label="Total S/" class="is-amount">
        {formatAmount(sale.dueCentimos)}
      </td>
    </tr>
  )
}
