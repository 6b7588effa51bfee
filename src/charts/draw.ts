// Only the parts of echarts that we draw with: the whole of it would double the program.
import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import {
  type Chart,
  type ChartSize,
  chartColours,
  chartSizes,
  type Drawing,
  type Series,
} from '#src/charts/chart.ts'
import { strictSvg } from '#src/charts/strict-svg.ts'

use([BarChart, LineChart, GridComponent, LegendComponent, SVGRenderer])

/** The chart as two pictures that need neither script nor stylesheet of their own. */
export function drawChart(chart: Chart): Drawing {
  return { summary: chart.summary, narrow: draw(chart, 'narrow'), wide: draw(chart, 'wide') }
}

function draw(chart: Chart, size: ChartSize): string {
  const drawing = init(null, null, { renderer: 'svg', ssr: true, ...chartSizes[size] })
  try {
    drawing.setOption(optionOf(chart, size))
    return strictSvg(drawing.renderToSVGString(), `${chart.name}-${size}`)
  } finally {
    drawing.dispose()
  }
}

const letters = { color: chartColours.soft.hex, fontSize: 13, fontFamily: 'inherit' }

function optionOf(chart: Chart, size: ChartSize) {
  const isAcross = chart.shape === 'steps'
  const names = {
    type: 'category' as const,
    data: [...chart.labels],
    inverse: isAcross,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: chartColours.line.hex } },
    axisLabel: { ...letters, hideOverlap: !isAcross, ...(isAcross ? { interval: 0 } : {}) },
  }
  const values = {
    type: 'value' as const,
    minInterval: 1,
    splitNumber: 4,
    splitLine: { lineStyle: { color: chartColours.line.hex } },
    axisLabel: { ...letters, show: !isAcross, formatter: chart.write },
  }
  return {
    animation: false,
    textStyle: letters,
    legend: { show: chart.series.length > 1, top: 0, left: 0, textStyle: letters, itemGap: 28 },
    grid: {
      // The words are measured without the reader's letters: the sides are roomy, so that none is cut.
      left: isAcross ? 104 : 12,
      right: isAcross ? 56 : 12,
      top: chart.series.length > 1 ? legendHeight(chart.series, size) : 20,
      bottom: 4,
      outerBoundsMode: isAcross ? ('none' as const) : ('same' as const),
      outerBoundsContain: 'axisLabel' as const,
    },
    xAxis: isAcross ? values : names,
    yAxis: isAcross ? names : values,
    series: chart.series.map((series) => (chart.shape === 'lines' ? lineOf(series) : barOf(series, chart))),
  }
}

/** On a phone the names of the lines stand in two rows. */
const legendHeight = (series: readonly Series[], size: ChartSize) =>
  size === 'narrow' && series.length > 2 ? 80 : 40

const lineOf = ({ name, colour, values }: Series) => ({
  type: 'line' as const,
  name,
  data: [...values],
  symbol: 'circle',
  symbolSize: 7,
  lineStyle: { width: 3, color: chartColours[colour].hex },
  itemStyle: { color: chartColours[colour].hex },
})

const barOf = ({ name, colour, values }: Series, { shape, write }: Chart) => ({
  type: 'bar' as const,
  name,
  data: [...values],
  barMaxWidth: 40,
  itemStyle: { color: chartColours[colour].hex },
  label: {
    show: true,
    position: shape === 'steps' ? ('right' as const) : ('top' as const),
    color: chartColours.ink.hex,
    fontSize: 13,
    fontFamily: 'inherit',
    formatter: ({ value }: { value?: unknown }) => (value === 0 ? '' : write(Number(value))),
  },
})
