import type { JSX } from 'hono/jsx'
import { describedBy, FieldError, type FieldProps } from './field-frame.tsx'

type CheckProps = Pick<FieldProps, 'name' | 'label' | 'id' | 'value' | 'error' | 'hint'> &
  Omit<JSX.IntrinsicElements['input'], 'value' | 'id' | 'name' | 'children' | 'class' | 'type'>

/** A box to tick; sends `value` (`on` by default) when ticked and nothing when not. */
export function CheckField({ name, label, id = name, value, error, hint, ...html }: CheckProps) {
  return (
    <div class={error ? 'field is-wrong' : 'field'}>
      <div class="check">
        <input
          type="checkbox"
          id={id}
          name={name}
          value={value ?? 'on'}
          {...describedBy(id, hint, error)}
          {...html}
        />
        <div>
          <label class="check-label" for={id}>
            {label}
          </label>
          {hint && (
            <p class="hint" id={`${id}-hint`}>
              {hint}
            </p>
          )}
        </div>
      </div>
      <FieldError id={id} error={error} />
    </div>
  )
}
