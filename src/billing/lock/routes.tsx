import { Hono } from 'hono'
import { type LockedState, lockOf } from '#src/billing/account.ts'
import { hideStrip, takeExtension } from '#src/billing/lock/actions.ts'
import { backForm } from '#src/billing/lock/form.ts'
import { extensionProblem, lockPath } from '#src/billing/lock/lock.ts'
import { findOwner, loadBuilt } from '#src/billing/lock/queries.ts'
import { cashierMessage, extensionText } from '#src/billing/lock/texts.ts'
import { newsOf } from '#src/billing/payments/news.ts'
import { lastPayment } from '#src/billing/payments/queries.ts'
import { planChoices } from '#src/billing/plans/choices.ts'
import { isPaid, listPaidPlans } from '#src/billing/plans/queries.ts'
import { usageOf } from '#src/billing/usage/queries.ts'
import type { TenantContext, TenantEnv } from '#src/http/env.ts'
import { readForm } from '#src/http/form.ts'
import { managersOnly } from '#src/http/managers-only.ts'
import { ownersOnly } from '#src/http/owners-only.ts'
import { goTo, respond } from '#src/http/respond.tsx'
import { returnPath } from '#src/http/return-path.ts'
import { CashierLockPage } from '#views/billing/lock/cashier-page.tsx'
import { LockPage } from '#views/billing/lock/lock-page.tsx'

export const lock = new Hono<TenantEnv>()

/** Where every locked door leads. Whoever is not locked (any more) goes on to where they were. */
lock.get('/continuar', (c) => show(c, backFrom(c, c.req.query('volver'))))

/** «Necesito 3 días más». Pressed twice it has already worked: the door is open. */
lock.post('/continuar/dias', ownersOnly, async (c) => {
  const { services, account, tenant, user, now } = c.var
  const form = await readForm(c, backForm)
  const back = backFrom(c, form.ok ? form.data.volver : undefined)
  if (!lockOf(account)) return goTo(c, back)
  const asked = { tenantId: tenant.id, userId: user.id }
  const extended = await takeExtension(services.databases.admin, asked, now)
  return extended.ok ? goTo(c, back) : show(c, back, extensionText(extended.problem))
})

/** «Ahora no», from whatever page: the strip stays away for today. */
lock.post('/continuar/manana', managersOnly, async (c) => {
  await hideStrip(c.var.services.databases.admin, c.var.tenant.id, c.var.now)
  return goTo(c, backFrom(c, c.req.header('Referer')))
})

const backFrom = (c: TenantContext, address: string | undefined) =>
  returnPath(address, c.var.services.config.appOrigin)

async function show(c: TenantContext, back: string, problem?: string) {
  const locked = lockOf(c.var.account)
  if (!locked) return goTo(c, back)
  const isManager = managers.has(c.var.staff.role)
  const page = isManager ? await managersPage(c, locked, back, problem) : await cashiersPage(c, locked, back)
  return respond(c, { page: () => page }, problem ? 409 : 200)
}

const managers: ReadonlySet<string> = new Set(['dueno', 'encargado'])

async function managersPage(c: TenantContext, locked: LockedState, back: string, problem?: string) {
  const { db, shell, tenant, staff, services } = c.var
  const isOwner = staff.role === 'dueno'
  const { admin } = services.databases
  const [built, usage, sold, last, owner] = await Promise.all([
    loadBuilt(db),
    usageOf(db),
    listPaidPlans(admin),
    lastPayment(admin, tenant.id),
    isOwner ? null : ownerToTell(c, locked),
  ])
  const own = isPaid(tenant.plan) ? tenant.plan : null
  return (
    <LockPage
      shell={shell}
      account={locked}
      paidUntil={tenant.paidUntil}
      built={built}
      news={newsOf(last)}
      choices={planChoices(own, sold, usage)}
      current={own?.code ?? null}
      owner={owner}
      mayExtend={isOwner && extensionProblem(tenant) === null}
      back={back}
      problem={problem}
    />
  )
}

async function cashiersPage(c: TenantContext, locked: LockedState, back: string) {
  const owner = await ownerToTell(c, locked)
  return <CashierLockPage shell={c.var.shell} kind={locked.kind} owner={owner} back={back} />
}

/** Who puts it right, and what the WhatsApp to them says. */
async function ownerToTell(c: TenantContext, { kind }: LockedState) {
  const owner = await findOwner(c.var.db)
  const address = c.var.services.config.appOrigin + lockPath('/pos')
  return { ...owner, message: cashierMessage(kind, owner.name, address) }
}
