import type { JSX } from 'hono/jsx'
import { describedBy, FieldFrame, type FieldProps } from '#views/components/field-frame.tsx'

type TextAreaProps = Pick<FieldProps, 'name' | 'label' | 'value' | 'error' | 'hint'> &
  Omit<JSX.IntrinsicElements['textarea'], 'value' | 'id' | 'name' | 'children' | 'class'>

/** Several lines of a person's own words. */
export function TextArea({ name, label, value, error, hint, rows = 5, ...html }: TextAreaProps) {
  return (
    <FieldFrame id={name} label={label} hint={hint} error={error}>
      <textarea class="input" id={name} name={name} rows={rows} {...describedBy(name, hint, error)} {...html}>
        {value ?? ''}
      </textarea>
    </FieldFrame>
  )
}
