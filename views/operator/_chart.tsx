import { raw } from 'hono/html'
import type { Drawing } from '#src/charts/chart.ts'

/** A drawing of ours, in the size that fits; the page that shows it has a sentence and a table for the same. */
export function ChartFigure({ title, drawing }: { title: string; drawing: Drawing }) {
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      <div role="img" aria-label={drawing.summary}>
        <div class="chart-narrow" aria-hidden="true">
          {raw(drawing.narrow)}
        </div>
        <div class="chart-wide" aria-hidden="true">
          {raw(drawing.wide)}
        </div>
      </div>
    </figure>
  )
}
