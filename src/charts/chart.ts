/** A chart of the console, before it is drawn: every one stands beside a sentence and a table that say the same. */
export type Chart = {
  /** Tells the pictures of one page apart: lower-case letters. */
  name: string
  /** What whoever does not see it hears. */
  summary: string
  shape: 'columns' | 'lines' | 'steps'
  labels: readonly string[]
  series: readonly Series[]
  /** How a figure of it is written. */
  write: (value: number) => string
}
export type Series = { name: string; colour: ChartColour; values: readonly number[] }

/** The colours of a drawing and the names that they have in our stylesheet, so that it follows day and night. */
export const chartColours = {
  ink: { hex: '#241c15', token: '--ink' },
  soft: { hex: '#5e5244', token: '--ink-soft' },
  line: { hex: '#dccfb8', token: '--line' },
  ember: { hex: '#f4741b', token: '--ember' },
  green: { hex: '#17703f', token: '--green' },
  blue: { hex: '#1e62a8', token: '--category-6' },
  grey: { hex: '#8c7b62', token: '--edge' },
  red: { hex: '#b3201a', token: '--red' },
} as const
export type ChartColour = keyof typeof chartColours

/** Drawn twice, since letters must not shrink with the picture: a phone shows the one, a PC the other. */
export const chartSizes = {
  narrow: { width: 312, height: 260 },
  wide: { width: 600, height: 280 },
} as const
export type ChartSize = keyof typeof chartSizes
export type Drawing = { summary: string } & Record<ChartSize, string>
