import type { Child } from 'hono/jsx'
import { BrandMark } from '#views/components/brand.tsx'
import { Document, SkipLink } from '#views/document.tsx'

export type OperatorSection =
  | 'hoy'
  | 'negocios'
  | 'pagos'
  | 'embudo'
  | 'ingresos'
  | 'tareas'
  | 'reclamos'
  | 'planes'

type OperatorLayoutProps = {
  title: string
  operator: { name: string }
  current?: OperatorSection | undefined
  /** One column, for forms. */
  narrow?: boolean | undefined
  styles?: readonly string[]
  scripts?: readonly string[]
  /** What happened before this page: read aloud, and htmx puts its notices in the same place. */
  flash?: Child
  children?: Child
}

const sections: { id: OperatorSection; href: string; name: string }[] = [
  { id: 'hoy', href: '/', name: 'Hoy' },
  { id: 'negocios', href: '/negocios', name: 'Negocios' },
  { id: 'pagos', href: '/pagos', name: 'Pagos' },
  { id: 'embudo', href: '/embudo', name: 'Embudo' },
  { id: 'ingresos', href: '/ingresos', name: 'Ingresos' },
  { id: 'tareas', href: '/tareas', name: 'Tareas' },
  { id: 'reclamos', href: '/reclamos', name: 'Reclamos' },
  { id: 'planes', href: '/planes', name: 'Planes' },
]

/** The frame of the operator's console. It cannot be taken for an owner's screen: the bar says whose it is. */
export function OperatorLayout(props: OperatorLayoutProps) {
  const { title, operator, current, narrow, styles = ['operator.css'], scripts, flash, children } = props
  return (
    <Document
      title={`${title} · Operador`}
      bodyClass="app operator"
      noindex
      styles={styles}
      {...(scripts ? { scripts } : {})}
    >
      <SkipLink />
      <header class="top-bar operator-bar">
        <a class="brand" href="/" aria-label="Operador de SmartKet, ir a Hoy">
          <BrandMark />
          <span class="brand-word">Operador</span>
        </a>
        <div class="top-bar-end">
          <span class="operator-name">{operator.name}</span>
          <a class="operator-link" href="/soporte">
            Soporte
          </a>
          <form method="post" action="/salir">
            <button type="submit" class="operator-link">
              Salir
            </button>
          </form>
        </div>
      </header>
      <nav class="operator-nav" aria-label="Secciones">
        <ul class="operator-nav-list">
          {sections.map((section) => (
            <li>
              <a
                class="operator-nav-item"
                href={section.href}
                aria-current={section.id === current ? 'page' : undefined}
              >
                {section.name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <main id="contenido" class={narrow ? 'content is-narrow' : 'content operator-content'} tabindex={-1}>
        <div id="flash" role="status">
          {flash}
        </div>
        {children}
      </main>
    </Document>
  )
}
