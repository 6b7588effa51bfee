import { BrandMark } from '#views/components/brand.tsx'
import { ButtonLink } from '#views/components/button.tsx'
import { Strip } from '#views/components/strip.tsx'
import { Document, SkipLink } from '#views/document.tsx'

export const updatingText = {
  title: 'Estamos actualizando tu negocio, vuelve en un minuto',
  help: 'Tus ventas y tus productos están guardados. No tienes que hacer nada.',
  json: 'Estamos actualizando tu negocio, vuelve en un minuto. Tu pedido está guardado en este equipo.',
}

type UpdatingProps = {
  /** Where the person was. */
  again: string
  refreshSeconds: number
}

/** Stands alone: this business's database cannot be asked for anything, not even for the shell. */
export function UpdatingPage({ again, refreshSeconds }: UpdatingProps) {
  return (
    <Document
      title={updatingText.title}
      bodyClass="app"
      noindex
      scripts={[]}
      refreshSeconds={again === '/' ? undefined : refreshSeconds}
    >
      <SkipLink />
      <header class="top-bar">
        <a class="brand" href="/" aria-label="SmartKet, ir al inicio">
          <BrandMark />
          <span class="brand-word">SmartKet</span>
        </a>
      </header>
      <main id="contenido" class="content is-narrow" tabindex={-1}>
        <div class="stack">
          <h1>{updatingText.title}</h1>
          <p class="lead">{updatingText.help}</p>
        </div>
        <div class="actions">
          <ButtonLink kind="primary" href={again}>
            Intentar otra vez
          </ButtonLink>
        </div>
      </main>
    </Document>
  )
}

/** What htmx puts into #flash: what was on screen stays. */
export function UpdatingNotice() {
  return (
    <Strip kind="info">
      <strong>{updatingText.title}.</strong> {updatingText.help}
    </Strip>
  )
}
