import type { Child, JSX } from 'hono/jsx'
import { FieldError } from './field-frame.tsx'

type Choice = { value: string; title: Child; hint?: Child }
type ChoiceCardsProps = Omit<
  JSX.IntrinsicElements['input'],
  'value' | 'id' | 'name' | 'children' | 'class'
> & {
  name: string
  label: Child
  options: readonly Choice[]
  value?: string | undefined
  error?: string | undefined
  hint?: Child
  /** Side by side where there is room. */
  wide?: boolean | undefined
}

/** One of a few, each explained: radios as cards. Works without a line of script. */
export function ChoiceCards({ name, label, options, value, error, hint, wide, ...html }: ChoiceCardsProps) {
  const described = [error && `${name}-error`, hint && `${name}-hint`].filter(Boolean).join(' ')
  return (
    <fieldset class={error ? 'choices is-wrong' : 'choices'} aria-describedby={described || undefined}>
      <legend>{label}</legend>
      {hint && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      <div class={wide ? 'choice-list is-wide' : 'choice-list'}>
        {options.map((option) => (
          <label class="choice">
            <input
              type="radio"
              id={`${name}-${option.value}`}
              name={name}
              value={option.value}
              checked={option.value === value}
              {...html}
            />
            <span>
              <span class="choice-title">{option.title}</span>
              {option.hint && <span class="hint">{option.hint}</span>}
            </span>
          </label>
        ))}
      </div>
      <FieldError id={name} error={error} />
    </fieldset>
  )
}
