import type { JSX } from 'hono/jsx'
import { describedBy, FieldFrame, type FieldProps } from './field-frame.tsx'
import { Icon } from './icon.tsx'

type Option = { value: string; text: string }
type SelectProps = Pick<FieldProps, 'name' | 'label' | 'id' | 'value' | 'error' | 'hint' | 'optional'> &
  Omit<JSX.IntrinsicElements['select'], 'value' | 'id' | 'name' | 'children' | 'class'> & {
    options: readonly Option[]
  }

export function SelectField(props: SelectProps) {
  const { name, label, id = name, value, error, hint, optional, options, ...html } = props
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} optional={optional}>
      <select class="input" id={id} name={name} {...describedBy(id, hint, error)} {...html}>
        {options.map((option) => (
          <option value={option.value} selected={option.value === (value ?? '')}>
            {option.text}
          </option>
        ))}
      </select>
      <span class="select-arrow">
        <Icon name="chevron-down" />
      </span>
    </FieldFrame>
  )
}
