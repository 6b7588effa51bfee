import type { ExportShown } from '#src/exports/export.ts'
import { exportTexts, makingText } from '#src/exports/texts.ts'
import { Progress } from '#views/components/progress.tsx'

/** Asked for again every second; when the zip is ready the answer leads to it instead. */
export function ExportProgress({ shown }: { shown: ExportShown }) {
  const { done, all } =
    shown.kind === 'making' ? { done: shown.doneParts, all: shown.allParts } : { done: 0, all: 0 }
  return (
    <div
      id="export"
      class="card stack"
      hx-get="/cuenta/datos/avance"
      hx-trigger="every 1s"
      hx-swap="outerHTML"
    >
      <Progress value={done} max={Math.max(all, 1)}>
        {shown.kind === 'making' && all > 0
          ? makingText(Math.min(99, Math.floor((done / all) * 100)))
          : exportTexts.waiting}
      </Progress>
    </div>
  )
}
