import type { Child } from 'hono/jsx'
import type { Shell } from '#src/http/shell.ts'
import { AppLayout } from '#views/app-layout.tsx'
import { Icon } from '#views/components/icon.tsx'
import { Stepper } from '#views/components/stepper.tsx'

type WizardProps = {
  shell: Shell
  step: 1 | 2 | 3 | 4
  /** The page's one h1, and its part of the window's title. */
  title: string
  lead?: Child
  back?: string
  styles?: readonly string[]
  /** Beside the wizard's own. */
  scripts?: readonly string[]
  children?: Child
}

/** Where one stands, whose account it is, the one question, and a person to ask. */
export function Wizard({
  shell,
  step,
  title,
  lead,
  back,
  styles,
  scripts: more = [],
  children,
}: WizardProps) {
  const scripts = ['app.js', 'wizard.js', ...more]
  return (
    <AppLayout shell={shell} title={title} narrow scripts={scripts} {...(styles ? { styles } : {})}>
      <div class="wizard">
        <div class="wizard-head">
          <Stepper step={step} of={4} />
          {/* Until it is confirmed, the strip above already says it. */}
          {shell.emailConfirmed && (
            <p class="hint wizard-mail">
              {shell.email} <a href="/cuenta">Corregir</a>
            </p>
          )}
        </div>
        <h1>{title}</h1>
        {lead && <p class="wizard-lead">{lead}</p>}
        {children}
        <p class="wizard-foot">
          {back && (
            <a class="wizard-back" href={back}>
              <Icon name="arrow-left" />
              Atrás
            </a>
          )}
          {shell.supportWhatsapp && <HelpLink number={shell.supportWhatsapp} step={step} />}
        </p>
      </div>
    </AppLayout>
  )
}

function HelpLink({ number, step }: { number: string; step: number }) {
  const text = encodeURIComponent(`Hola, estoy en el paso ${step} de la configuración y necesito ayuda.`)
  return (
    <a class="wizard-help" href={`https://wa.me/${number}?text=${text}`} rel="noreferrer" target="_blank">
      <Icon name="message-circle" />
      Ayuda por WhatsApp
    </a>
  )
}

/** What Enter presses: the form's next step, although another button stands before it. */
export function DefaultSubmit() {
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nobody can reach it, and a form needs it first
  return <button type="submit" class="visually-hidden" tabindex={-1} aria-hidden="true"></button>
}

/** Which field takes the focus: the first wrong one in the order of the page. */
export const firstWrong = (order: readonly string[], errors: Record<string, string> = {}) =>
  order.find((name) => errors[name])
