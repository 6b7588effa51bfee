import type { LockedState } from '#src/billing/account.ts'
import { type Built, builtText, lockTitle } from '#src/billing/lock/texts.ts'
import { paymentPath } from '#src/billing/paths.ts'
import { declaredText, type PaymentNews } from '#src/billing/payments/news.ts'
import type { PlanChoices } from '#src/billing/plans/choices.ts'
import type { Shell } from '#src/http/shell.ts'
import { AppLayout } from '#views/app-layout.tsx'
import { Button, ButtonLink } from '#views/components/button.tsx'
import { FormAlert } from '#views/components/form-errors.tsx'
import { PlanCards } from '../_plan-cards.tsx'
import { LockedPlans } from './_plans.tsx'
import { RefusedNews } from './_refused-news.tsx'
import { type Owner, TellOwner } from './_tell-owner.tsx'

type LockPageProps = {
  shell: Shell
  account: LockedState
  paidUntil: Date | null
  built: Built
  /** Her last payment, while it is being looked for or was not found. */
  news: PaymentNews | null
  choices: PlanChoices
  /** The code of the plan that has expired; null: there was only a trial. */
  current: string | null
  /** Who puts it right, when it is somebody else; null: the reader does. */
  owner: Owner | null
  mayExtend: boolean
  /** Where paying leads back to. */
  back: string
  problem?: string | undefined
}

/** The friendly lock: what was built, and how to go on. Nothing is hidden and nothing is lost. */
export function LockPage(props: LockPageProps) {
  const { shell, account, paidUntil, built, owner, problem } = props
  const isPayable = account.kind === 'trial-over' || account.kind === 'locked'
  const news = isPayable ? props.news : null
  const isDeclared = news?.status === 'declared'
  return (
    <AppLayout shell={shell} title="Continuar" current="vender" withStrip={false}>
      <div class="lock">
        <h1>{isDeclared ? declaredText(news) : lockTitle(account, paidUntil)}</h1>
        {news?.status === 'refused' && <RefusedNews news={news} isOwner={owner === null} />}
        <p class="lock-built">{builtText(built)}</p>
        {problem && <FormAlert errors={{ form: problem }} />}
        {isDeclared ? <Asked {...props} /> : isPayable ? <Payable {...props} /> : <Paused {...props} />}
        {owner === null && <OwnersWays {...props} />}
        <p>
          Mientras tanto puedes ver tus <a href="/ventas">ventas</a> y tus <a href="/productos">productos</a>.
        </p>
      </div>
    </AppLayout>
  )
}

/** She has paid, or says so: nothing is asked of her but patience. */
function Asked({ news, owner, shell }: LockPageProps) {
  return (
    <div class="actions">
      {news && shell.supportWhatsapp && (
        <ButtonLink href={`https://wa.me/${shell.supportWhatsapp}`} kind="primary">
          WhatsApp
        </ButtonLink>
      )}
      {news && owner === null && <ButtonLink href={paymentPath(news.reference)}>Ver mi pago</ButtonLink>}
    </div>
  )
}

function Payable({ choices, current, owner, back }: LockPageProps) {
  return (
    <>
      {owner === null ? (
        <LockedPlans choices={choices} current={current} back={back} />
      ) : (
        <>
          <p>El plan lo elige {owner.name || 'el dueño'}: avísale para seguir vendiendo.</p>
          <TellOwner owner={owner} />
          <PlanCards {...choices} recommended={null} period="month" blocked />
        </>
      )}
    </>
  )
}

function OwnersWays({ mayExtend, back }: LockPageProps) {
  return (
    <div class="actions">
      {mayExtend && (
        <form method="post" action="/continuar/dias">
          <input type="hidden" name="volver" value={back} />
          <Button busy="Un momento…">Necesito 3 días más</Button>
        </form>
      )}
      <ButtonLink href="/cuenta/datos">Descargar todo</ButtonLink>
    </div>
  )
}

function Paused({ account, shell, owner }: LockPageProps) {
  if (account.kind === 'closed') {
    return (
      owner === null && (
        <form method="post" action="/cuenta/reapertura">
          <Button kind="primary" busy="Un momento…">
            Volver
          </Button>
        </form>
      )
    )
  }
  return (
    shell.supportWhatsapp && (
      <ButtonLink href={`https://wa.me/${shell.supportWhatsapp}`} kind="primary">
        WhatsApp
      </ButtonLink>
    )
  )
}
