import type { Child, JSX } from 'hono/jsx'
import { Icon } from './icon.tsx'

type Html = Omit<JSX.IntrinsicElements['input'], 'value' | 'id' | 'name' | 'prefix' | 'children' | 'class'>

export type FieldProps = Html & {
  name: string
  label: Child
  /** By default the name; needed only where one page holds the same name twice. */
  id?: string | undefined
  value?: string | undefined
  error?: string | undefined
  hint?: Child
  /** Shown inside the box, before what is typed: «S/». */
  prefix?: string | undefined
  /** Says «(opcional)» beside the label. */
  optional?: boolean | undefined
  inputClass?: string | undefined
  /** A button inside the box, at its end: «Ver». */
  children?: Child
}

type FrameProps = Pick<FieldProps, 'label' | 'hint' | 'error' | 'optional' | 'children'> & { id: string }

export function FieldFrame({ id, label, hint, error, optional, children }: FrameProps) {
  return (
    <div class={error ? 'field is-wrong' : 'field'}>
      <label for={id}>
        {label}
        {optional && <span class="optional"> (opcional)</span>}
      </label>
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <div class="field-box">{children}</div>
      <FieldError id={id} error={error} />
    </div>
  )
}

export function FieldError({ id, error }: { id: string; error?: string | undefined }) {
  if (!error) return null
  return (
    <p class="field-error" id={`${id}-error`}>
      <Icon name="circle-alert" />
      {error}
    </p>
  )
}

/** What ties an input to its hint and its error for whoever does not see them. */
export function describedBy(id: string, hint: Child, error: string | undefined) {
  const ids = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ')
  return { 'aria-invalid': error ? ('true' as const) : undefined, 'aria-describedby': ids || undefined }
}
