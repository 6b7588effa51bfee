import type { Child } from 'hono/jsx'
import { assetUrl } from '#src/lib/assets.ts'

export type DocumentProps = {
  /** Without the name of the house: «Cobrar · Caja 1» becomes «Cobrar · Caja 1 · SmartKet». */
  title: string
  description?: string | undefined
  bodyClass?: string | undefined
  styles?: readonly string[]
  scripts?: readonly string[]
  noindex?: boolean | undefined
  /** Where script does not ask again by itself: the page is loaded anew after so many seconds. */
  refreshSeconds?: number | undefined
  children?: Child
}

const htmxConfig = JSON.stringify({ includeIndicatorCSS: false, defaultTimeout: 15_000 })

/** The <html> shell of every page. Under the content security policy nothing here may be inline. */
export function Document(props: DocumentProps) {
  const { title, styles = ['app.css'], scripts = ['app.js'] } = props
  const withHtmx = scripts.includes('app.js')
  return (
    <html lang="es-PE">
      <head>
        <meta charset="utf-8" />
        <meta
          name="viewport"
          content="width=device-width, initial-scale=1, interactive-widget=resizes-content"
        />
        <title>{title === 'SmartKet' ? title : `${title} · SmartKet`}</title>
        {props.description && <meta name="description" content={props.description} />}
        {props.noindex && <meta name="robots" content="noindex" />}
        {props.refreshSeconds && (
          <noscript>
            <meta http-equiv="refresh" content={String(props.refreshSeconds)} />
          </noscript>
        )}
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#241C15" />
        <link rel="icon" type="image/svg+xml" href={assetUrl('icons/smartket.svg')} />
        {styles.map((name) => (
          <link rel="stylesheet" href={assetUrl(name)} />
        ))}
        {withHtmx && <meta name="htmx-config" content={htmxConfig} />}
        {(withHtmx ? ['htmx.min.js', ...scripts] : scripts).map((name) => (
          <script src={assetUrl(name)} defer></script>
        ))}
      </head>
      <body class={props.bodyClass}>{props.children}</body>
    </html>
  )
}

/** First thing that Tab reaches; every page has a <main id="contenido">. */
export function SkipLink() {
  return (
    <a class="skip-link" href="#contenido">
      Ir al contenido
    </a>
  )
}
