import type { Shell } from '#src/http/shell.ts'
import { Icon } from './icon.tsx'

/** Who is signed in, their account and the way out. A <details>, so it opens without script. */
export function AccountMenu({ shell, current }: { shell: Shell; current?: boolean }) {
  const name = shell.staffName || shell.email
  const isSupport = shell.support?.side === 'support'
  return (
    <details class="menu">
      <summary aria-label={`Menú de ${name}`}>
        <span class="menu-name">{name}</span>
        <Icon name="menu" />
      </summary>
      <div class="menu-panel">
        <p class="menu-head">
          <strong>{shell.businessName}</strong>
          <span class="hint">{shell.email}</span>
        </p>
        {!isSupport && (
          <a class="menu-item" href="/cuenta" aria-current={current ? 'page' : undefined}>
            <Icon name="user-round" />
            Mi cuenta
          </a>
        )}
        {shell.supportWhatsapp && (
          <a class="menu-item" href={`https://wa.me/${shell.supportWhatsapp}`} rel="noreferrer">
            <Icon name="message-circle" />
            Ayuda por WhatsApp
          </a>
        )}
        <form method="post" action={isSupport ? '/soporte/salida' : '/salir'}>
          <button type="submit" class="menu-item">
            <Icon name="log-out" />
            Salir
          </button>
        </form>
      </div>
    </details>
  )
}
