import type { Chart } from '#src/charts/chart.ts'
import { dayLabel, isWithin, type Period } from '#src/charts/periods.ts'
import { limaDate } from '#src/lib/lima.ts'
import { count, formatCount } from '#src/lib/text.ts'

/** How far one business has come since it signed up. */
export type SignUp = {
  signedUpAt: Date
  /** The last step of the wizard that was saved, 0 to 4. */
  setupStep: number
  hasSold: boolean
  hasPaid: boolean
}

/** A week's visits, and how far those have come who signed up in it, whenever that was. */
export type FunnelWeek = {
  week: Period
  visits: number
  signUps: number
  steps: number[]
  sold: number
  paid: number
}

export const wizardSteps = [1, 2, 3, 4] as const

type Facts = { visits: readonly { day: string; count: number }[]; signUps: readonly SignUp[] }

export function funnelWeeks(weeks: readonly Period[], { visits, signUps }: Facts): FunnelWeek[] {
  return weeks.map((week) => {
    const [first, next] = [limaDate(week.from), limaDate(week.to)]
    const cohort = signUps.filter(({ signedUpAt }) => isWithin(signedUpAt, week))
    return {
      week,
      visits: sum(visits.filter(({ day }) => day >= first && day < next).map((row) => row.count)),
      signUps: cohort.length,
      steps: wizardSteps.map((step) => cohort.filter(({ setupStep }) => setupStep >= step).length),
      sold: cohort.filter(({ hasSold }) => hasSold).length,
      paid: cohort.filter(({ hasPaid }) => hasPaid).length,
    }
  })
}

export type FunnelTotals = Omit<FunnelWeek, 'week'>

export function funnelTotals(weeks: readonly FunnelWeek[]): FunnelTotals {
  return {
    visits: sum(weeks.map(({ visits }) => visits)),
    signUps: sum(weeks.map(({ signUps }) => signUps)),
    steps: wizardSteps.map((_step, n) => sum(weeks.map(({ steps }) => steps[n] ?? 0))),
    sold: sum(weeks.map(({ sold }) => sold)),
    paid: sum(weeks.map(({ paid }) => paid)),
  }
}

/** «En 8 semanas: 1,204 visitas, 86 registros, 41 con su primera venta (48 %) y 12 que pagan (14 %).» */
export function funnelText(weeks: number, { visits, signUps, sold, paid }: FunnelTotals): string {
  if (visits === 0 && signUps === 0) return 'Todavía no hay visitas ni registros en estas semanas.'
  const seen = `${count(visits, 'visita', 'visitas')}, ${count(signUps, 'registro', 'registros')}`
  return `En ${weeks} semanas: ${seen}, ${formatCount(sold)} con su primera venta${share(sold, signUps)} y ${formatCount(paid)} que ${paid === 1 ? 'pagó' : 'pagaron'}${share(paid, signUps)}.`
}

export function stepsChart(totals: FunnelTotals, summary: string): Chart {
  return {
    name: 'pasos',
    summary,
    shape: 'steps',
    labels: ['Registro', ...wizardSteps.map((step) => `Paso ${step}`), 'Primera venta', 'Pago'],
    series: [
      {
        name: 'Negocios',
        colour: 'ember',
        values: [totals.signUps, ...totals.steps, totals.sold, totals.paid],
      },
    ],
    write: formatCount,
  }
}

export function weeksChart(weeks: readonly FunnelWeek[], summary: string): Chart {
  return {
    name: 'semanas',
    summary,
    shape: 'lines',
    labels: weeks.map(({ week }) => dayLabel(week.from)),
    series: [
      { name: 'Registros', colour: 'ember', values: weeks.map(({ signUps }) => signUps) },
      { name: 'Con primera venta', colour: 'blue', values: weeks.map(({ sold }) => sold) },
      { name: 'Con pago', colour: 'green', values: weeks.map(({ paid }) => paid) },
    ],
    write: formatCount,
  }
}

export function visitsChart(weeks: readonly FunnelWeek[]): Chart {
  return {
    name: 'visitas',
    summary: `Visitas por semana, de la más antigua a la actual: ${weeks.map(({ visits }) => formatCount(visits)).join(', ')}.`,
    shape: 'columns',
    labels: weeks.map(({ week }) => dayLabel(week.from)),
    series: [{ name: 'Visitas', colour: 'grey', values: weeks.map(({ visits }) => visits) }],
    write: formatCount,
  }
}

const share = (part: number, whole: number) => (whole === 0 ? '' : ` (${Math.round((part / whole) * 100)} %)`)
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
