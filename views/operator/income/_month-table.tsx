import { monthLabel } from '#src/charts/periods.ts'
import { formatSoles } from '#src/lib/money.ts'
import { churnText, type IncomeMonth } from '#src/operator/income/income.ts'

export function MonthTable({ months }: { months: readonly IncomeMonth[] }) {
  return (
    <section class="stack" aria-labelledby="meses">
      <h2 id="meses">Mes por mes</h2>
      <div class="table-box">
        <table class="table chart-table">
          <thead>
            <tr>
              <th scope="col">Mes</th>
              <th scope="col" class="is-amount">
                Ingreso mensual
              </th>
              <th scope="col" class="is-amount">
                Pagan
              </th>
              <th scope="col" class="is-amount">
                Empezaron
              </th>
              <th scope="col" class="is-amount">
                Dejaron
              </th>
              <th scope="col" class="is-amount">
                Bajas
              </th>
            </tr>
          </thead>
          <tbody>
            {months.toReversed().map((row) => (
              <tr>
                <td class="is-title">{monthLabel(row.month.from)}</td>
                <td class="is-amount" data-label="Ingreso mensual">
                  {formatSoles(row.mrrCentimos)}
                </td>
                <td class="is-amount" data-label="Pagan">
                  {row.paying}
                </td>
                <td class="is-amount" data-label="Empezaron">
                  {row.gained}
                </td>
                <td class="is-amount" data-label="Dejaron">
                  {row.lost}
                </td>
                <td class="is-amount" data-label="Bajas">
                  {churnText(row)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
