import type { Drawing } from '#src/charts/chart.ts'
import { dayLabel } from '#src/charts/periods.ts'
import { formatCount } from '#src/lib/text.ts'
import type { FunnelTotals, FunnelWeek } from '#src/operator/funnel/funnel.ts'
import { wizardSteps } from '#src/operator/funnel/funnel.ts'
import { ChartFigure } from '../_chart.tsx'
import { OperatorLayout } from '../layout.tsx'

type FunnelPageProps = {
  operator: { name: string }
  weeks: readonly FunnelWeek[]
  totals: FunnelTotals
  sentence: string
  steps: Drawing
  byWeek: Drawing
  visits: Drawing
}

const columns = [
  'Visitas',
  'Registros',
  ...wizardSteps.map((step) => `Paso ${step}`),
  'Primera venta',
  'Pago',
]

const figuresOf = ({ visits, signUps, steps, sold, paid }: FunnelTotals) => [
  visits,
  signUps,
  ...steps,
  sold,
  paid,
]

export function FunnelPage({ operator, weeks, totals, sentence, steps, byWeek, visits }: FunnelPageProps) {
  return (
    <OperatorLayout title="Embudo" operator={operator} current="embudo">
      <div class="stack">
        <h1>Embudo</h1>
        <p class="lead">{sentence}</p>
        <p class="hint">
          Cada semana va de lunes a domingo y cuenta hasta dónde llegaron quienes se registraron en ella. Las
          visitas son las de la página de inicio, sin robots.
        </p>
      </div>
      <div class="charts">
        <ChartFigure title="Hasta dónde llegan" drawing={steps} />
        <ChartFigure title="Por semana de registro" drawing={byWeek} />
        <ChartFigure title="Visitas por semana" drawing={visits} />
      </div>
      <section class="stack" aria-labelledby="semanas">
        <h2 id="semanas">Semana por semana</h2>
        <div class="table-box">
          <table class="table chart-table">
            <thead>
              <tr>
                <th scope="col">Semana del</th>
                {columns.map((name) => (
                  <th scope="col" class="is-amount">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {weeks.toReversed().map((row) => (
                <Row title={dayLabel(row.week.from)} figures={figuresOf(row)} />
              ))}
              <Row title="En total" figures={figuresOf(totals)} />
            </tbody>
          </table>
        </div>
      </section>
    </OperatorLayout>
  )
}

function Row({ title, figures }: { title: string; figures: readonly number[] }) {
  return (
    <tr>
      <td class="is-title">{title}</td>
      {figures.map((figure, n) => (
        <td class="is-amount" data-label={columns[n]}>
          {formatCount(figure)}
        </td>
      ))}
    </tr>
  )
}
