/** One measured figure. `ratio` is value / yardstick; `ok` says whether the budget holds. */
export type Row = {
  name: string
  value: number
  unit: 'ms' | 's' | 'bytes' | 'sales/s' | 'requests' | 'MB' | '/s'
  budget: string
  /** What the same machine needs, in the same minute, for the least that could be done. */
  yardstick: { name: string; value: number } | null
  ratio: number | null
  ok: boolean
}

type Measured = {
  name: string
  value: number
  unit: Row['unit']
  yardstick?: { name: string; value: number }
}

/** A row whose budget is an upper limit of the value itself. */
export const atMost = (limit: number, measured: Measured): Row =>
  row(measured, `≤ ${limit} ${measured.unit}`, measured.value <= limit)

/** A row whose budget is a share of its yardstick. */
export const atLeastShare = (share: number, measured: Required<Measured>): Row =>
  row(measured, `≥ ${share} × ${measured.yardstick.name}`, measured.value >= share * measured.yardstick.value)

/** A row whose budget is so many times its yardstick. */
export const atMostTimes = (times: number, measured: Required<Measured>): Row =>
  row(measured, `≤ ${times} × ${measured.yardstick.name}`, measured.value <= times * measured.yardstick.value)

/** A figure worth knowing that no budget speaks of. */
export const asMeasured = (measured: Required<Measured>): Row => row(measured, '', true)

const row = ({ name, value, unit, yardstick }: Measured, budget: string, ok: boolean): Row => ({
  name,
  value: round(value),
  unit,
  budget,
  yardstick: yardstick ? { name: yardstick.name, value: round(yardstick.value) } : null,
  ratio: yardstick && yardstick.value > 0 ? round(value / yardstick.value) : null,
  ok,
})

const round = (value: number) => Math.round(value * 100) / 100

export const median = (values: number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

export function printTable(rows: Row[]) {
  console.table(
    rows.map(({ yardstick, value, unit, ...rest }) => ({
      name: rest.name,
      value: `${value} ${unit}`,
      budget: rest.budget,
      yardstick: yardstick ? `${yardstick.value} (${yardstick.name})` : '',
      ratio: rest.ratio ?? '',
      ok: rest.ok ? 'yes' : 'NO',
    })),
  )
}
