import { dayText } from '#src/billing/texts.ts'
import { Button } from '#views/components/button.tsx'
import { Strip } from '#views/components/strip.tsx'

export type SubscriptionView = {
  status: 'pending' | 'active' | 'cancelled'
  provider: 'hand' | 'mercadopago'
}

type Props = { subscription: SubscriptionView | null; paidUntil: Date | null; now: Date }

/** Stopping is as near as paying: it works to the end of what is paid, and is undone with one press. */
export function Subscription({ subscription, paidUntil, now }: Props) {
  if (!subscription || !paidUntil || paidUntil <= now) return null
  const day = dayText(paidUntil, now)
  if (subscription.status === 'cancelled') {
    return (
      <form method="post" action="/plan/cancelacion/deshacer">
        <Strip
          role="status"
          action={
            <Button kind="quiet" busy="Deshaciendo…">
              Deshacer
            </Button>
          }
        >
          Cancelaste tu plan: funciona hasta el {day} y no te cobramos más.
        </Strip>
      </form>
    )
  }
  if (subscription.status !== 'active') return null
  const charged = subscription.provider === 'mercadopago'
  return (
    <details class="plan-cancel">
      <summary>Cancelar mi plan</summary>
      <form class="stack" method="post" action="/plan/cancelacion">
        <p>
          Sigue funcionando hasta el {day}, que ya está pagado.{' '}
          {charged ? 'Mercado Pago ya no te cobrará.' : 'Después no te pedimos ningún pago.'} Tus datos quedan
          aquí y puedes descargarlos.
        </p>
        <div class="actions">
          <Button kind="danger" busy="Cancelando…">
            Sí, cancelar mi plan
          </Button>
        </div>
      </form>
    </details>
  )
}
