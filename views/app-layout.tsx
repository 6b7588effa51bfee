import type { Child } from 'hono/jsx'
import type { Shell } from '#src/http/shell.ts'
import { AccountStripView } from './billing/lock/_account-strip.tsx'
import { AccountMenu } from './components/account-menu.tsx'
import { AppNav, type Section } from './components/app-nav.tsx'
import { BrandMark } from './components/brand.tsx'
import { MailStrip } from './components/mail-strip.tsx'
import { TrialChip } from './components/trial-chip.tsx'
import { Document, SkipLink } from './document.tsx'
import { SupportStrip } from './support/_notice.tsx'

export type { Section } from './components/app-nav.tsx'

type AppLayoutProps = {
  shell: Shell
  title: string
  current?: Section | undefined
  /** One column, for forms and the wizard. */
  narrow?: boolean | undefined
  /** The strips about plan and e-mail, one at a time; false where the page itself is about the account. */
  withStrip?: boolean
  styles?: readonly string[]
  scripts?: readonly string[]
  refreshSeconds?: number | undefined
  /** What happened before this page: read aloud, and htmx puts its notices in the same place. */
  flash?: Child
  children?: Child
}

/** Until the third step of the wizard is saved every other page leads back to it: no nav to nowhere. */
const isSetUp = (shell: Shell) => shell.setupStep >= 3

/** The frame of every signed-in page but the till. */
export function AppLayout({
  shell,
  title,
  current,
  narrow,
  withStrip = true,
  flash,
  children,
  ...files
}: AppLayoutProps) {
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
      {withStrip && shell.account && (
        <AccountStripView strip={shell.account} supportWhatsapp={shell.supportWhatsapp} />
      )}
      {shell.support && <SupportStrip notice={shell.support} />}
      {!shell.emailConfirmed && withStrip && !shell.account && <MailStrip email={shell.email} />}
      <main id="contenido" class={narrow ? 'content is-narrow' : 'content'} tabindex={-1}>
        <div id="flash" role="status">
          {flash}
        </div>
        {children}
      </main>
    </Document>
  )
}
