import type { Drawing } from '#src/charts/chart.ts'
import { formatSoles } from '#src/lib/money.ts'
import { churnText, type IncomeMonth } from '#src/operator/income/income.ts'
import type { EndingTrial } from '#src/operator/income/trials.ts'
import { ChartFigure } from '../_chart.tsx'
import { OperatorLayout } from '../layout.tsx'
import { MonthTable } from './_month-table.tsx'
import { TrialTable } from './_trial-table.tsx'

type IncomePageProps = {
  operator: { name: string }
  current: IncomeMonth
  months: readonly IncomeMonth[]
  sentence: string
  trials: readonly EndingTrial[]
  trialsSentence: string
  mrr: Drawing
  moves: Drawing
  ending: Drawing
}

export function IncomePage(props: IncomePageProps) {
  const { operator, current, months, sentence, trials, trialsSentence, mrr, moves, ending } = props
  return (
    <OperatorLayout title="Ingresos" operator={operator} current="ingresos">
      <div class="stack">
        <h1>Ingresos</h1>
        <p class="lead">{sentence}</p>
        <dl class="chart-figures">
          <div>
            <dt>Ingreso mensual</dt>
            <dd>{formatSoles(current.mrrCentimos)}</dd>
          </div>
          <div>
            <dt>Negocios que pagan</dt>
            <dd>{current.paying}</dd>
          </div>
          <div>
            <dt>Dejaron de pagar este mes</dt>
            <dd>
              {current.lost} · {churnText(current)}
            </dd>
          </div>
        </dl>
        <p class="hint">
          El plan anual cuenta como una doceava parte al mes. Dejó de pagar quien pagaba al empezar el mes y
          no al terminarlo; este mes, hasta hoy.
        </p>
      </div>
      <div class="charts">
        <ChartFigure title="Ingreso mensual" drawing={mrr} />
        <ChartFigure title="Empezaron y dejaron de pagar" drawing={moves} />
        <ChartFigure title="Pruebas que terminan" drawing={ending} />
      </div>
      <MonthTable months={months} />
      <TrialTable trials={trials} sentence={trialsSentence} />
    </OperatorLayout>
  )
}
