import { formatScreenDate } from '#src/lib/lima.ts'
import { formatStock } from '#src/stock/stock.ts'
import { reasonNames } from '#src/stock/texts.ts'
import type { StockedProduct } from './stock-page.tsx'

export type Movement = {
  id: number
  branch: string
  thousandths: number
  reason: keyof typeof reasonNames
  note: string | null
  staffName: string
  createdAt: Date
}

/** The latest ones: how much, why, who and when. */
export function Movements({
  movements,
  product,
}: {
  movements: readonly Movement[]
  product: StockedProduct
}) {
  if (movements.length === 0) return <p class="soft">Todavía no hay movimientos.</p>
  return (
    <section class="stack-8" aria-labelledby="movimientos">
      <h2 id="movimientos">Movimientos</h2>
      <div class="table-box">
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Cuándo</th>
              <th scope="col">Motivo</th>
              <th scope="col" class="is-amount">
                Cantidad
              </th>
              <th scope="col">Quién</th>
            </tr>
          </thead>
          <tbody>
            {movements.map((row) => (
              <tr>
                <td data-label="Cuándo">{formatScreenDate(row.createdAt)}</td>
                <td data-label="Motivo">{[reasonNames[row.reason], row.note].filter(Boolean).join(': ')}</td>
                <td class="is-amount" data-label="Cantidad">
                  {row.thousandths > 0 ? '+' : ''}
                  {formatStock(row.thousandths, product.stepThousandths, product.unit)}
                </td>
                <td data-label="Quién">
                  {row.staffName} · {row.branch}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
