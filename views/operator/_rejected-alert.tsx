import { FormAlert } from '#views/components/form-errors.tsx'

type Rejected = { errors: Record<string, string> } | null

/** What was wrong with a form of this page: also with one that is no longer there, since things have changed. */
export function RejectedAlert({ rejected }: { rejected: Rejected }) {
  if (!rejected) return null
  const [first] = Object.values(rejected.errors)
  return <FormAlert errors={{ form: rejected.errors.form ?? first ?? '' }} />
}
