import type { LimitNote } from '#src/billing/limits.ts'
import { ButtonLink } from './button.tsx'
import { Strip } from './strip.tsx'

type LimitStripProps = {
  note: LimitNote | null | undefined
  /** It is why something was just refused. */
  isRefusal?: boolean | undefined
}

/** How far the plan reaches, and the way out. */
export function LimitStrip({ note, isRefusal = false }: LimitStripProps) {
  if (!note) return null
  const action = note.way && (
    <ButtonLink href={note.way.href} kind="quiet">
      {note.way.label}
    </ButtonLink>
  )
  return (
    <Strip kind={isRefusal ? 'danger' : 'amber'} role={isRefusal ? 'alert' : undefined} action={action}>
      {note.text}
    </Strip>
  )
}
