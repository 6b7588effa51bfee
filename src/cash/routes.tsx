import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { lockOf } from '#src/billing/account.ts'
import { lockPath } from '#src/billing/lock/lock.ts'
import { openCashSession } from '#src/cash/actions.ts'
import { openingForm } from '#src/cash/form.ts'
import { registerStates } from '#src/cash/queries.ts'
import { openingText } from '#src/cash/texts.ts'
import type { TenantContext, TenantEnv } from '#src/http/env.ts'
import { type Rejected, readForm } from '#src/http/form.ts'
import { goTo, respond } from '#src/http/respond.tsx'
import { businessMark } from '#src/till/catalogue.ts'
import { CashPage } from '#views/cash/cash-page.tsx'

export const cash = new Hono<TenantEnv>()

cash.get('/caja', (c) => show(c))

cash.post('/caja/aperturas', async (c) => {
  const form = await readForm(c, openingForm)
  const mark = form.values.business
  // Another tab signed in elsewhere: the float in this form is of another drawer.
  if (mark !== undefined && mark !== businessMark(c.var.tenant.uid)) {
    return show(c, { values: {}, errors: { form: openingText({ ok: false, problem: 'other-business' }) } })
  }
  if (!form.ok) return show(c, form)
  const { db, staff, now, account } = c.var
  const opened = await openCashSession(db, staff, form.data, now, lockOf(account))
  if (!opened.ok && opened.problem === 'locked') return goTo(c, lockPath('/pos'))
  if (!opened.ok) return show(c, { values: form.values, errors: { form: openingText(opened) } })
  return goTo(c, '/pos')
})

/** The registers as they are; with `rejected`, the same page as a 422 with what was typed. */
async function show(c: TenantContext, rejected?: Rejected) {
  const registers = await registerStates(c.var.db)
  // One register a shop is the rule: a form sent for none of ours is shown with the first.
  const typedFor = Number(rejected?.values.register_id)
  const rejectedId = registers.some((register) => register.id === typedFor) ? typedFor : registers[0]?.id
  return respond(
    c,
    {
      page: () => (
        <CashPage
          shell={c.var.shell}
          business={businessMark(c.var.tenant.uid)}
          registers={registers.map((register) => ({
            ...register,
            requestKey: randomUUID(),
            ...(rejected && register.id === rejectedId ? { rejected } : {}),
          }))}
        />
      ),
    },
    rejected ? 422 : 200,
  )
}
