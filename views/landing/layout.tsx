import type { Child } from 'hono/jsx'
import type { LandingSite } from '#src/landing/site.ts'
import { BrandMark } from '#views/components/brand.tsx'
import { ButtonLink } from '#views/components/button.tsx'
import { Document, SkipLink } from '#views/document.tsx'
import { SiteFooter } from './_footer.tsx'

export type { LandingSite }

type LandingLayoutProps = {
  site: LandingSite
  title: string
  description?: string | undefined
  /** The sign-up page has its own button: a second way to where one already is. */
  withoutAction?: boolean | undefined
  noindex?: boolean | undefined
  styles?: readonly string[]
  scripts?: readonly string[]
  children?: Child
}

/**
 * The frame of the public pages, without script unless a page asks for one. Links are whole addresses:
 * the app's host shows this frame too, when a sign-up comes back with something to correct.
 */
export function LandingLayout(props: LandingLayoutProps) {
  const { site, title, description, withoutAction, noindex, styles = ['landing.css'], scripts = [] } = props
  return (
    <Document
      title={title}
      description={description}
      bodyClass="landing"
      styles={styles}
      scripts={scripts}
      noindex={noindex}
    >
      <SkipLink />
      <header class="site-bar">
        <a class="brand" href={`${site.landingOrigin}/`}>
          <BrandMark />
          SmartKet
        </a>
        <nav class="site-nav" aria-label="Principal">
          <a class="is-roomy" href={`${site.landingOrigin}/precios`}>
            Precios
          </a>
          <a class="is-roomy" href={`${site.landingOrigin}/#preguntas`}>
            Preguntas
          </a>
          <a href={`${site.appOrigin}/ingresar`}>Ingresar</a>
        </nav>
        {!withoutAction && (
          <ButtonLink class="site-action" href={`${site.landingOrigin}/registro`}>
            Crear mi cuenta gratis
          </ButtonLink>
        )}
      </header>
      <main id="contenido" tabindex={-1}>
        {props.children}
      </main>
      <SiteFooter site={site} />
    </Document>
  )
}
