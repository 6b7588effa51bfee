import type { Shell } from '#src/http/shell.ts'
import { count } from '#src/lib/text.ts'
import type { Menu } from '#src/menus/menu.ts'
import { ButtonLink } from '#views/components/button.tsx'
import { Icon } from '#views/components/icon.tsx'
import { UploadForm } from '#views/imports/_upload-form.tsx'
import { Wizard } from './layout.tsx'

type ProductsStepProps = {
  shell: Shell
  menu: Menu | null
  /** A bodega's shelves have barcodes: scanning is quicker than any list. */
  scansFirst: boolean
  saved: number
  /** Why the file that was just sent is refused. */
  error?: string | undefined
}

export function ProductsStepPage(props: ProductsStepProps) {
  const { shell, menu, scansFirst, saved, error } = props
  const hasPrimary = scansFirst || menu !== null
  return (
    <Wizard
      shell={shell}
      step={4}
      title="Importar Productos"
      lead="Tu carta, como la tengas."
      back="/configurar/caja"
      scripts={['imports.js']}
    >
      <div class="ways">
        {menu && (
          <ButtonLink href="/configurar/productos/carta" kind={scansFirst ? 'plain' : 'primary'} wide>
            Usar la carta lista de {shell.rubroNoun} ({count(menu.items.length, 'producto', 'productos')})
          </ButtonLink>
        )}
        {scansFirst && (
          <ButtonLink href="/configurar/productos/escanear" kind="primary" wide>
            <Icon name="scan-barcode" />
            Escanear mis productos
          </ButtonLink>
        )}
        <ButtonLink href="/configurar/productos/nuevo" kind={hasPrimary ? 'plain' : 'primary'} wide>
          <Icon name="plus" />
          Añadir producto manualmente
        </ButtonLink>
        <ButtonLink href="/productos/plantilla.xlsx" wide>
          <Icon name="download" />
          Descargar plantilla de Excel para importación masiva
        </ButtonLink>
        <UploadForm
          action="/configurar/productos/excel"
          title="Subir Excel con mis productos"
          error={error}
        />
      </div>
      <p class="later">
        {saved > 0 ? (
          <ButtonLink href="/">Terminar con {count(saved, 'producto', 'productos')}</ButtonLink>
        ) : (
          <ButtonLink href="/" kind="quiet">
            Lo haré después
          </ButtonLink>
        )}
      </p>
    </Wizard>
  )
}
