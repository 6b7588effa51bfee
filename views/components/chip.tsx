import type { Child } from 'hono/jsx'

type ChipProps = {
  kind?: 'plain' | 'amber' | 'green' | 'danger' | 'ember'
  class?: string | undefined
  children?: Child
}

/** A short state beside something else; it cannot be pressed. */
export function Chip({ kind = 'plain', class: extra, children }: ChipProps) {
  return <span class={['chip', `chip-${kind}`, extra].filter(Boolean).join(' ')}>{children}</span>
}
