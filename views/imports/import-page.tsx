import type { Shell } from '#src/http/shell.ts'
import { AppLayout } from '#views/app-layout.tsx'
import { ButtonLink } from '#views/components/button.tsx'
import { Icon } from '#views/components/icon.tsx'
import { UploadForm } from './_upload-form.tsx'

export function ImportPage({ shell, errors }: { shell: Shell; errors?: readonly string[] }) {
  const scripts = ['app.js', 'wizard.js']
  return (
    <AppLayout shell={shell} title="Subir Excel" current="productos" narrow scripts={scripts}>
      <div class="stack-24">
        <h1>Subir Excel con mis productos</h1>
        <p>Llena la plantilla y súbela. Los productos que ya tienes no se repiten: solo cambia su precio.</p>
        <div class="actions">
          <ButtonLink href="/productos/plantilla.xlsx">
            <Icon name="download" />
            Descargar plantilla de Excel para importación masiva
          </ButtonLink>
        </div>
        <UploadForm action="/productos/importar" primary errors={errors} />
        <p>
          <a href="/productos">Volver a productos</a>
        </p>
      </div>
    </AppLayout>
  )
}
