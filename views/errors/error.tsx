import { BrandMark } from '#views/components/brand.tsx'
import { ButtonLink } from '#views/components/button.tsx'
import { Strip } from '#views/components/strip.tsx'
import { Document, SkipLink } from '#views/document.tsx'

type ErrorProps = {
  status: number
  /** The request's id: what the person reads out and the log has. */
  code: string
  /** 403: the role that may, as the screen says it. */
  who?: string | undefined
}

/** Stands alone: an error may come before anybody is signed in, so it needs no shell, no script, no database. */
export function ErrorPage(props: ErrorProps) {
  const { title, help } = textFor(props)
  return (
    <Document title={title} bodyClass="app" noindex scripts={[]}>
      <SkipLink />
      <header class="top-bar">
        <a class="brand" href="/" aria-label="SmartKet, ir al inicio">
          <BrandMark />
          <span class="brand-word">SmartKet</span>
        </a>
      </header>
      <main id="contenido" class="content is-narrow" tabindex={-1}>
        <div class="stack">
          <h1>{title}</h1>
          {help && <p class="lead">{help}</p>}
        </div>
        <div class="actions">
          <ButtonLink kind="primary" href="/">
            Ir al inicio
          </ButtonLink>
        </div>
      </main>
    </Document>
  )
}

/** What htmx puts into #flash: what was on screen stays. */
export function ErrorNotice(props: ErrorProps) {
  const { title, help } = textFor(props)
  return (
    <Strip kind="danger">
      <strong>{title}</strong> {help}
    </Strip>
  )
}

function textFor({ status, code, who = 'el dueño' }: ErrorProps): { title: string; help?: string } {
  switch (status) {
    case 403:
      return { title: `Esta parte es solo para ${who}.` }
    case 404:
      return { title: 'No encontramos esa página.' }
    case 413:
      return { title: 'Eso es demasiado grande.', help: 'Prueba con un archivo más pequeño.' }
    case 429:
      return { title: 'Demasiados intentos.', help: 'Espera unos minutos y vuelve a intentar.' }
    case 503:
      return { title: 'Hay mucha gente a la vez.', help: 'Espera unos segundos y vuelve a intentar.' }
    default:
      return status < 500
        ? { title: 'No pudimos leer eso.', help: 'Vuelve atrás y prueba otra vez.' }
        : {
            title: 'Algo falló de nuestro lado y ya lo estamos viendo.',
            help: `Vuelve a intentar. Código ${code}`,
          }
  }
}
