import type { Shell } from '#src/http/shell.ts'
import type { RecentImport } from '#src/imports/screen.ts'
import { AppLayout } from '#views/app-layout.tsx'
import { ButtonLink } from '#views/components/button.tsx'
import { Icon } from '#views/components/icon.tsx'
import { RecentImports } from './_recent-imports.tsx'
import { UploadForm } from './_upload-form.tsx'

type ImportPageProps = { shell: Shell; recent: readonly RecentImport[]; error?: string | undefined }

export function ImportPage({ shell, recent, error }: ImportPageProps) {
  return (
    <AppLayout
      shell={shell}
      title="Subir Excel"
      current="productos"
      narrow
      scripts={['app.js', 'imports.js']}
    >
      <div class="stack-24">
        <h1>Subir Excel con mis productos</h1>
        <UploadForm action="/productos/importar" primary error={error} />
        <section class="stack-8" aria-labelledby="sheets-title">
          <h2 id="sheets-title">¿Prefieres empezar con uno nuestro?</h2>
          <div class="actions">
            <ButtonLink href="/productos/plantilla.xlsx">
              <Icon name="download" />
              Descargar plantilla de Excel
            </ButtonLink>
            <ButtonLink href="/productos/plantilla.xlsx?con=productos">
              <Icon name="download" />
              Descargar mis productos
            </ButtonLink>
          </div>
          <p class="hint">Cambia precios o stock en el Excel de tus productos y súbelo otra vez.</p>
        </section>
        {recent.length > 0 && <RecentImports recent={recent} />}
        <p>
          <a class="back-link" href="/productos">
            <Icon name="arrow-left" />
            Volver a productos
          </a>
        </p>
      </div>
    </AppLayout>
  )
}
