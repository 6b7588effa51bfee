import { describedBy, FieldFrame, type FieldProps } from './field-frame.tsx'

export { CheckField } from './check-field.tsx'
export { SelectField } from './select-field.tsx'
export { Field, MoneyField }

/** Label, hint, input and error always travel together, and the error is announced with the input. */
function Field(props: FieldProps) {
  const {
    name,
    label,
    id = name,
    value,
    error,
    hint,
    prefix,
    optional,
    inputClass,
    children,
    ...html
  } = props
  return (
    <FieldFrame id={id} label={label} hint={hint} error={error} optional={optional}>
      {prefix && (
        <span class="field-prefix" aria-hidden="true">
          {prefix}
        </span>
      )}
      <input
        class={inputClass ? `input ${inputClass}` : 'input'}
        id={id}
        name={name}
        value={value ?? ''}
        {...describedBy(id, hint, error)}
        {...html}
      />
      {children}
    </FieldFrame>
  )
}

/** An amount in soles: two decimals, typed on the phone's number pad. */
function MoneyField(props: FieldProps) {
  return (
    <Field
      prefix="S/"
      inputmode="decimal"
      autocomplete="off"
      maxlength={14}
      inputClass="input-money"
      {...props}
    />
  )
}
