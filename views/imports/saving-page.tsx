import type { Shell } from '#src/http/shell.ts'
import { importPath } from '#src/imports/paths.ts'
import type { Saving } from '#src/imports/screen.ts'
import { formatCount } from '#src/lib/text.ts'
import { Progress } from '#views/components/progress.tsx'
import { ImportFrame } from './_frame.tsx'

export function SavingPage({ shell, saving }: { shell: Shell; saving: Saving }) {
  return (
    <ImportFrame shell={shell} origin={saving.origin} title="Guardando" narrow refreshSeconds={2}>
      <h1>Guardando tus productos</h1>
      <SavingProgress saving={saving} />
    </ImportFrame>
  )
}

/** Asked for again every second; when all is saved the answer leads to the end instead. */
export function SavingProgress({ saving: { id, origin, fileName, done, total } }: { saving: Saving }) {
  return (
    <div
      id="saving"
      class="card stack"
      hx-get={importPath(id, origin, 'avance')}
      hx-trigger="every 1s"
      hx-swap="outerHTML"
    >
      <Progress value={done} max={Math.max(total, 1)}>
        Guardando {formatCount(done)} de {formatCount(total)}. Puedes cerrar esta página.
      </Progress>
      <p class="hint">{fileName}</p>
    </div>
  )
}
