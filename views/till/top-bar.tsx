import type { Shell } from '#src/http/shell.ts'
import { formatHour } from '#src/lib/lima.ts'
import type { TillRegister } from '#src/till/till.ts'
import { Icon } from '#views/components/icon.tsx'

type TopBarProps = {
  register: TillRegister
  shell: Shell
  chip: string | null
  isPractice: boolean
  now: Date
}

/** On the till the trial is only told, never sold: no price, no button. */
export function TopBar({ register, shell, chip, isPractice, now }: TopBarProps) {
  // Nobody looks without whoever works here seeing it.
  const said = shell.support ? `Soporte mira hasta las ${formatHour(shell.support.until)}` : chip
  return (
    <header class="till-top">
      <a class="till-home" href="/" aria-label="SmartKet, ir al inicio">
        SmartKet
      </a>
      <div class="till-said">
        {isPractice ? (
          <p class="till-who is-practice">
            <b>MODO PRÁCTICA</b>: nada de esto cuenta
          </p>
        ) : (
          <p class="till-who">
            {register.name} · {shell.staffName || shell.businessName}
          </p>
        )}
        {said && <p class="till-trial">{said}</p>}
      </div>
      <p class="till-previous" hidden data-part="previous"></p>
      <p class="till-clock" data-part="clock">
        {formatHour(now)}
      </p>
      <details class="menu till-options">
        <summary aria-label="Menú">
          <Icon name="menu" />
        </summary>
        <nav class="menu-panel" aria-label="Menú de la caja">
          <a class="menu-item" href="/">
            <Icon name="house" /> Inicio
          </a>
          <a class="menu-item" href="/ventas">
            <Icon name="receipt-text" /> Ventas
          </a>
          <a class="menu-item" href="/productos">
            <Icon name="package" /> Productos
          </a>
          <a class="menu-item" href={isPractice ? '/pos' : '/pos?modo=practica'}>
            <Icon name="flame" /> {isPractice ? 'Salir del modo práctica' : 'Modo práctica'}
          </a>
          <label class="menu-item">
            <input type="checkbox" checked data-part="sound" /> Sonido al escanear
          </label>
          <button class="menu-item till-keys-item" type="button" data-press="help">
            <Icon name="info" /> Teclas de la caja
          </button>
        </nav>
      </details>
    </header>
  )
}
