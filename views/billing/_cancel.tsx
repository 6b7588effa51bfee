import { lastDayText } from '#src/billing/texts.ts'
import { Button } from '#views/components/button.tsx'
import { Strip } from '#views/components/strip.tsx'

export type SubscriptionView = {
  status: 'pending' | 'active' | 'cancelled'
  provider: 'hand' | 'mercadopago'
}

type Props = { subscription: SubscriptionView | null; paidUntil: Date | null; now: Date }

type CancelledProps = { until: Date; isNew: boolean; now: Date }

/** Above everything, where she looks after pressing; right after it the focus is here. */
export function Cancelled({ until, isNew, now }: CancelledProps) {
  return (
    <div tabindex={-1} autofocus={isNew}>
      <Strip
        action={
          <form method="post" action="/plan/cancelacion/deshacer">
            <Button kind="quiet" busy="Deshaciendo…">
              Deshacer
            </Button>
          </form>
        }
      >
        Cancelaste tu plan: funciona hasta el {lastDayText(until, now)} y no te cobramos más.
      </Strip>
    </div>
  )
}

/** Stopping is as near as paying: it works to the end of what is paid, and is undone with one press. */
export function Subscription({ subscription, paidUntil, now }: Props) {
  if (subscription?.status !== 'active' || !paidUntil || paidUntil <= now) return null
  const day = lastDayText(paidUntil, now)
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
