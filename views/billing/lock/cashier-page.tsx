import type { LockKind } from '#src/billing/account.ts'
import { cashierText, cashierTitle } from '#src/billing/lock/texts.ts'
import type { Shell } from '#src/http/shell.ts'
import { AppLayout } from '#views/app-layout.tsx'
import { ButtonLink } from '#views/components/button.tsx'
import { type Owner, TellOwner } from './_tell-owner.tsx'

type CashierLockPageProps = {
  shell: Shell
  kind: LockKind
  owner: Owner
  back: string
}

/** A cashier cannot pay and is shown no prices: whom to tell, and that her order is safe. */
export function CashierLockPage({ shell, kind, owner, back }: CashierLockPageProps) {
  return (
    <AppLayout shell={shell} title="Caja en pausa" current="vender" narrow>
      <div class="lock">
        <h1>{cashierTitle}</h1>
        <p>{cashierText(kind, owner.name)}</p>
        <div class="actions">
          <TellOwner owner={owner} />
          <ButtonLink href={back}>Ya está, volver</ButtonLink>
        </div>
      </div>
    </AppLayout>
  )
}
