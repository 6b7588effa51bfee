import { type ExportShown, formatBytes } from '#src/exports/export.ts'
import { formatScreenDate } from '#src/lib/lima.ts'
import { ButtonLink } from '#views/components/button.tsx'
import { AskForm } from './_ask-form.tsx'

type ReadyProps = {
  shown: Extract<ExportShown, { kind: 'ready' }>
  errors?: Partial<Record<string, string>> | undefined
}

export function Ready({ shown, errors }: ReadyProps) {
  return (
    <>
      <section class="card stack" aria-label="Tu descarga">
        <p>
          <strong>Tu descarga está lista.</strong> Tiene todo lo guardado hasta el{' '}
          {formatScreenDate(shown.takenAt)}
        </p>
        <ButtonLink kind="primary" wide href={`/cuenta/datos/${shown.id}/zip`} download>
          Descargar {formatBytes(shown.bytes)}
        </ButtonLink>
        <p class="hint">Puedes descargarla desde este equipo hasta el {formatScreenDate(shown.expiresAt)}</p>
      </section>
      <section class="stack" aria-labelledby="again-title">
        <h2 id="again-title">¿Vendiste más desde entonces?</h2>
        <AskForm errors={errors} kind="plain" />
      </section>
    </>
  )
}
