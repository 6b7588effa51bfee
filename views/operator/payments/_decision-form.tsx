import type { Child } from 'hono/jsx'
import { Button, type ButtonKind } from '#views/components/button.tsx'
import { ReasonField } from '../_reason-field.tsx'

export type Doing = 'confirmacion' | 'rechazo' | 'devolucion' | 'comprobante'
export type RejectedDecision = {
  doing: Doing
  values: Record<string, string>
  errors: Record<string, string>
} | null

type FormProps = {
  paymentId: number
  rejected: RejectedDecision
  doing: Doing
  title: string
  kind: ButtonKind
  isFolded?: boolean
  children?: Child
}

/** Folded until it is needed, and open again with what was typed when something was wrong. */
export function DecisionForm({ paymentId, rejected, doing, title, kind, isFolded, children }: FormProps) {
  const form = (
    <form class="form" method="post" action={`/pagos/${paymentId}/${doing}`} novalidate>
      {children}
      <Button kind={kind} busy="Guardando…">
        {title}
      </Button>
    </form>
  )
  if (!isFolded) return <section class="card">{form}</section>
  return (
    <details class="card console-act" open={rejected?.doing === doing}>
      <summary>{title}</summary>
      {form}
    </details>
  )
}

type ReasonProps = { rejected: RejectedDecision; doing: Doing; hint?: string; typed?: string }

export function DecisionReason({ rejected, doing, hint, typed = '' }: ReasonProps) {
  const mine = rejected?.doing === doing ? rejected : null
  return (
    <ReasonField
      id={`${doing}-motivo`}
      value={mine ? mine.values.motivo : typed}
      error={mine?.errors.motivo}
      {...(hint ? { hint } : {})}
    />
  )
}
