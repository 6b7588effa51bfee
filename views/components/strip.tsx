import type { Child } from 'hono/jsx'
import { Icon } from './icon.tsx'
import type { IconName } from './icons.ts'

type StripProps = {
  kind?: 'info' | 'amber' | 'danger' | 'green'
  /** `alert` or `status` where it appears after the page has loaded. */
  role?: 'alert' | 'status' | undefined
  class?: string | undefined
  /** One action: a link or a small form. */
  action?: Child
  children?: Child
}

const signs: Record<NonNullable<StripProps['kind']>, IconName> = {
  info: 'info',
  amber: 'triangle-alert',
  danger: 'circle-alert',
  green: 'circle-check',
}

/** A message with one action. Its colour is never the only sign. */
export function Strip({ kind = 'info', role, class: extra, action, children }: StripProps) {
  return (
    <div class={['strip', `strip-${kind}`, extra].filter(Boolean).join(' ')} role={role}>
      <div class="strip-text">
        <Icon name={signs[kind]} />
        <span>{children}</span>
      </div>
      {action}
    </div>
  )
}
