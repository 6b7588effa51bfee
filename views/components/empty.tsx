import type { Child } from 'hono/jsx'
import { Icon } from './icon.tsx'
import type { IconName } from './icons.ts'

type EmptyProps = { text: Child; icon?: IconName | undefined; children?: Child }

/** An empty screen says what to do next. */
export function Empty({ text, icon, children }: EmptyProps) {
  return (
    <div class="empty">
      {icon && <Icon name={icon} />}
      <p class="empty-text">{text}</p>
      {children && <div class="actions">{children}</div>}
    </div>
  )
}
