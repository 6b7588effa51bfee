import type { Child } from 'hono/jsx'
import { BrandMark } from '#views/components/brand.tsx'
import { Document, SkipLink } from '#views/document.tsx'

type AccountFrameProps = {
  title: string
  /** Under the title, in one sentence. */
  lead?: Child
  /** Below the form: the way to the other doors. */
  links?: Child
  children?: Child
}

/** The pages before the door: one column, one thing to do. */
export function AccountFrame({ title, lead, links, children }: AccountFrameProps) {
  return (
    <Document title={title} bodyClass="app account" noindex scripts={['register-form.js']}>
      <SkipLink />
      <header class="top-bar">
        <a class="brand" href="/" aria-label="SmartKet, ir al inicio">
          <BrandMark />
          <span class="brand-word">SmartKet</span>
        </a>
      </header>
      <main id="contenido" class="content account-content" tabindex={-1}>
        <div class="stack">
          <h1>{title}</h1>
          {lead && <p class="lead">{lead}</p>}
        </div>
        {children}
        <nav class="account-links" aria-label="Otras páginas">
          {links}
          <a href="/libro-de-reclamaciones">Libro de Reclamaciones</a>
        </nav>
      </main>
    </Document>
  )
}
