import type { TillRegister } from '#src/till/till.ts'
import { OpenForm } from '#views/cash/open-form.tsx'

type ClosedProps = { register: TillRegister; business: string; requestKey: string }

/** No open turno: one field over the dimmed tiles. An order that was being typed waits behind it. */
export function Closed({ register, business, requestKey }: ClosedProps) {
  return (
    <section class="till-closed" aria-labelledby="closed-title">
      <div class="till-closed-card">
        <h2 id="closed-title">{register.name} está cerrada</h2>
        <OpenForm registerId={register.id} business={business} requestKey={requestKey} />
        <p class="till-closed-practice">
          ¿Solo quieres probar? <a href="/pos?modo=practica">Modo práctica</a>
        </p>
      </div>
    </section>
  )
}
