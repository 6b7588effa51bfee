import { type ExportShown, isUnderway } from '#src/exports/export.ts'
import { exportTexts } from '#src/exports/texts.ts'
import type { Shell } from '#src/http/shell.ts'
import { AppLayout } from '#views/app-layout.tsx'
import { Strip } from '#views/components/strip.tsx'
import { AskForm } from './_ask-form.tsx'
import { ExportProgress } from './_progress.tsx'
import { Ready } from './_ready.tsx'

type ExportPageProps = {
  shell: Shell
  shown: ExportShown
  errors?: Partial<Record<string, string>> | undefined
}

export function ExportPage({ shell, shown, errors }: ExportPageProps) {
  const underway = isUnderway(shown)
  return (
    <AppLayout
      shell={shell}
      title="Descargar todo"
      current="cuenta"
      narrow
      scripts={['app.js', 'register-form.js']}
      refreshSeconds={underway ? 3 : undefined}
      flash={shown.kind === 'failed' && !errors && <Strip kind="danger">{exportTexts.failed}</Strip>}
    >
      <div class="stack-24">
        <h1>Descargar todo</h1>
        {underway ? (
          <ExportProgress shown={shown} />
        ) : shown.kind === 'ready' ? (
          <Ready shown={shown} errors={errors} />
        ) : (
          <>
            <Contents />
            <AskForm errors={errors} kind="primary" />
          </>
        )}
        <p>
          <a href="/cuenta">Volver a mi cuenta</a>
        </p>
      </div>
    </AppLayout>
  )
}

function Contents() {
  return (
    <section class="card stack" aria-label="Qué trae">
      <p>Todo lo que guardaste en SmartKet, en un solo archivo. Es tuyo, también si no pagas.</p>
      <ul class="points">
        <li>Un Excel por cada tabla: productos, ventas, turnos, stock, personal.</li>
        <li>Cada ticket, para abrirlo o imprimirlo en cualquier equipo.</li>
        <li>Tus fotos, y la base de datos completa.</li>
      </ul>
      <p class="hint">No trae los PIN de tu equipo ni tu contraseña: nadie puede leerlos.</p>
    </section>
  )
}
