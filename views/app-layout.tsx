import type { Child } from 'hono/jsx'
import type { Shell } from '#src/http/shell.ts'
import { AccountMenu } from './components/account-menu.tsx'
import { BrandMark } from './components/brand.tsx'
import { Icon } from './components/icon.tsx'
import type { IconName } from './components/icons.ts'
import { MailStrip } from './components/mail-strip.tsx'
import { TrialChip } from './components/trial-chip.tsx'
import { Document, SkipLink } from './document.tsx'

export type Section = 'inicio' | 'vender' | 'productos' | 'ventas' | 'personal' | 'cuenta'

type AppLayoutProps = {
  shell: Shell
  title: string
  current?: Section | undefined
  /** One column, for forms and the wizard. */
  narrow?: boolean | undefined
  styles?: readonly string[]
  scripts?: readonly string[]
  refreshSeconds?: number | undefined
  /** What happened before this page: read aloud, and htmx puts its notices in the same place. */
  flash?: Child
  children?: Child
}

const sections: { id: Section; href: string; name: string; icon: IconName }[] = [
  { id: 'inicio', href: '/', name: 'Inicio', icon: 'house' },
  { id: 'vender', href: '/pos', name: 'Vender', icon: 'calculator' },
  { id: 'productos', href: '/productos', name: 'Productos', icon: 'package' },
  { id: 'ventas', href: '/ventas', name: 'Ventas', icon: 'receipt-text' },
  { id: 'personal', href: '/personal', name: 'Personal', icon: 'users' },
]

/** Until the third step of the wizard is saved every other page leads back to it: no nav to nowhere. */
const isSetUp = (shell: Shell) => shell.setupStep >= 3

/** The frame of every signed-in page but the till. */
export function AppLayout({ shell, title, current, narrow, flash, children, ...files }: AppLayoutProps) {
  const withNav = isSetUp(shell)
  return (
    <Document title={title} bodyClass={withNav ? 'app has-nav' : 'app'} noindex {...files}>
      <SkipLink />
      <header class="top-bar">
        <a class="brand" href="/" aria-label="SmartKet, ir al inicio">
          <BrandMark />
          <span class="brand-word">SmartKet</span>
        </a>
        {withNav && <AppNav current={current} />}
        <div class="top-bar-end">
          <TrialChip text={shell.trialChip} />
          <AccountMenu shell={shell} current={current === 'cuenta'} />
        </div>
      </header>
      {!shell.emailConfirmed && <MailStrip email={shell.email} />}
      <main id="contenido" class={narrow ? 'content is-narrow' : 'content'} tabindex={-1}>
        <div id="flash" role="status">
          {flash}
        </div>
        {children}
      </main>
    </Document>
  )
}

function AppNav({ current }: { current?: Section | undefined }) {
  return (
    <nav class="app-nav" aria-label="Secciones">
      <ul class="app-nav-list">
        {sections.map((section) => (
          <li>
            <a
              class="nav-item"
              href={section.href}
              aria-current={section.id === current ? 'page' : undefined}
            >
              <Icon name={section.icon} />
              {section.name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
