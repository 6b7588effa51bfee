import { describe, expect, test, vi } from 'vitest'
import type { Chart } from './chart.ts'
import { drawChart } from './draw.ts'
import { perMinute } from './per-minute.ts'
import { dayLabel, lastMonths, lastWeeks, monthLabel } from './periods.ts'
import { strictSvg } from './strict-svg.ts'

const chart = (over: Partial<Chart> = {}): Chart => ({
  name: 'prueba',
  summary: 'Una prueba.',
  shape: 'lines',
  labels: ['2 nov', '<style>"x"&', 'style="color:red"'],
  series: [
    { name: 'Registros', colour: 'ember', values: [1, 20, 3] },
    { name: 'Pagos', colour: 'green', values: [0, 2, 1] },
  ],
  write: (value) => `S/ ${value}`,
  ...over,
})

const pictures = (['lines', 'columns', 'steps'] as const).flatMap((shape) => {
  const { narrow, wide } = drawChart(chart({ shape }))
  return [
    [shape, 'narrow', narrow],
    [shape, 'wide', wide],
  ] as const
})

describe('a chart passes our content security policy', () => {
  test.each(pictures)('%s, %s', (_shape, _size, svg) => {
    const tags = svg.match(/<[^>]*>/g) ?? []
    expect(tags.length).toBeGreaterThan(10)
    for (const tag of tags)
      expect(tag).not.toMatch(
        /^<\/?(style|script|foreignObject|image|a)\b|\s(style|class|on\w+|href|xlink:href)=/i,
      )
    expect(svg).not.toContain('CDATA')
    expect(svg).toMatch(/font-size="13px"/)
    expect(svg).toMatch(/font-family="inherit"/)
  })

  test.each(pictures)('%s, %s: every tag that opens is closed', (_shape, _size, svg) => {
    const open: string[] = []
    for (const [, slash, name = '', rest = ''] of svg.matchAll(/<(\/?)([\w:]+)([^<>]*)>/g)) {
      if (slash) expect(open.pop()).toBe(name)
      else if (!rest.endsWith('/')) open.push(name)
    }
    expect(open).toEqual([])
  })

  test('what a person wrote stays text', () => {
    const { wide } = drawChart(chart())
    expect(wide).toContain('&lt;style&gt;&quot;x&quot;&amp;')
    expect(wide).toContain('style=&quot;color:red&quot;')
  })

  test('echarts does write a stylesheet and style=: what is dropped here was there', () => {
    const theirs =
      '<svg><text style="font-size:12px;font-family:inherit;cursor:pointer" fill="#5e5244">1</text><style ><![CDATA[.zr0-cls-0:hover {fill:red}]]></style></svg>'
    expect(strictSvg(theirs, 'x')).toBe(
      '<svg><text font-size="12px" font-family="inherit" fill="var(--ink-soft)">1</text></svg>',
    )
  })

  test('two charts of one page share no id, and their colours follow day and night', () => {
    const idsOf = (svg: string) => [...svg.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id)
    const one = drawChart(chart()).wide
    const other = drawChart(chart({ name: 'otra' })).wide
    expect(idsOf(one).length).toBeGreaterThan(0)
    expect(idsOf(one).filter((id) => idsOf(other).includes(id))).toEqual([])
    expect(one).toContain('var(--ember)')
    expect(one).not.toMatch(/#(?:f4741b|241c15|5e5244)/i)
  })
})

describe('a report is made once a minute', () => {
  const at = (text: string) => new Date(`2026-11-23T15:${text}Z`)

  test('whoever asks', async () => {
    const make = vi.fn(async () => 'x')
    const owner = {}
    await Promise.all([perMinute(owner, 'a', at('00:00'), make), perMinute(owner, 'a', at('00:59'), make)])
    expect(make).toHaveBeenCalledTimes(1)
    await perMinute(owner, 'a', at('01:00'), make)
    await perMinute({}, 'a', at('01:00'), make)
    await perMinute(owner, 'b', at('01:00'), make)
    expect(make).toHaveBeenCalledTimes(4)
  })

  test('and made anew when it failed', async () => {
    const owner = {}
    await expect(perMinute(owner, 'a', at('00:00'), () => Promise.reject(new Error('no')))).rejects.toThrow(
      'no',
    )
    expect(await perMinute(owner, 'a', at('00:00'), async () => 'x')).toBe('x')
  })
})

describe('weeks and months are those of Lima', () => {
  test('a week begins on Monday at midnight', () => {
    // Sunday 22 November, one second before midnight in Lima; and the Monday after it
    const sunday = lastWeeks(new Date('2026-11-23T04:59:59Z'), 2)
    const monday = lastWeeks(new Date('2026-11-23T05:00:00Z'), 2)
    expect(sunday.map(({ from }) => dayLabel(from))).toEqual(['9 nov', '16 nov'])
    expect(monday.map(({ from }) => dayLabel(from))).toEqual(['16 nov', '23 nov'])
    expect(monday[0]?.to).toEqual(monday[1]?.from)
  })

  test('a month ends where the next begins, over the year too', () => {
    const months = lastMonths(new Date('2027-02-01T04:59:59Z'), 3)
    expect(months.map(({ from }) => monthLabel(from))).toEqual(['nov', 'dic', 'ene 27'])
    expect(months[2]).toEqual({
      from: new Date('2027-01-01T05:00:00Z'),
      to: new Date('2027-02-01T05:00:00Z'),
    })
  })
})
