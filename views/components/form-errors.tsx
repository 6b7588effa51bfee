import { Icon } from './icon.tsx'

type FormErrors = Partial<Record<string, string>> | undefined

/** Announced once when a form comes back: what is wrong with the whole of it, or that fields are marked. */
export function FormAlert({ errors }: { errors?: FormErrors }) {
  if (!errors || Object.values(errors).every((text) => !text)) return null
  return (
    <div class="form-alert" role="alert">
      <Icon name="circle-alert" />
      <span>{errors.form ?? 'Revisa los datos marcados.'}</span>
    </div>
  )
}
