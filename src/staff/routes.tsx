import { Hono } from 'hono'
import type { LimitNote } from '#src/billing/limits.ts'
import { limitNear, limitReached } from '#src/billing/usage/queries.ts'
import type { TenantContext, TenantEnv } from '#src/http/env.ts'
import { type Rejected, readForm } from '#src/http/form.ts'
import { managersOnly } from '#src/http/managers-only.ts'
import { takeHit } from '#src/http/rate-limit.ts'
import { goTo, respond } from '#src/http/respond.tsx'
import { StaffPage } from '#views/staff/staff-page.tsx'
import { inviteCashier, inviteLimit } from './actions.ts'
import { inviteForm } from './form.ts'
import { listStaff } from './queries.ts'
import { inviteTexts, nameTexts } from './texts.ts'

/** Who works here. Only whoever manages the business sees and changes it. */
export const staff = new Hono<TenantEnv>()

staff.use('/personal', managersOnly)

staff.get('/personal', (c) => show(c))

staff.post('/personal', async (c) => {
  const { db, tenant, services, now } = c.var
  const form = await readForm(c, inviteForm)
  if (!form.ok) return show(c, form)
  const hit = await takeHit(services.databases.admin, inviteLimit, String(tenant.id), now)
  if (!hit.ok) {
    c.header('Retry-After', String(hit.retryAfterSeconds))
    return show(c, { values: form.values, errors: { form: inviteTexts.tooMany } }, 429)
  }
  const hashPin = (staffId: number) =>
    services.hasher.hashPin({ tenantUid: tenant.uid, staffId }, form.data.pin)
  const invited = await inviteCashier(db, form.data, hashPin, now, tenant.plan.staff)
  if (!invited.ok) {
    if (invited.problem === 'limit') {
      return show(c, { values: form.values, errors: {}, limit: await limitReached(c.var, 'staff') })
    }
    return show(c, { values: form.values, errors: { name: nameTexts[invited.problem](form.data.name) } })
  }
  return goTo(c, `/personal?nuevo=${invited.id}`)
})

/** A PIN is never sent back: after a refusal it is typed again. */
async function show(
  c: TenantContext,
  { limit, ...rejected }: Partial<Rejected> & { limit?: LimitNote } = {},
  status: 422 | 429 = 422,
) {
  const people = await listStaff(c.var.db, { seesPins: c.var.support === null })
  const invited = people.find(({ id }) => String(id) === c.req.query('nuevo'))
  const props = {
    shell: c.var.shell,
    people,
    ownId: c.var.staff.id,
    invited: invited?.name ?? null,
    note: limit ?? (await limitNear(c.var, 'staff')),
    isFull: Boolean(limit),
    ...rejected,
  }
  return respond(c, { page: () => <StaffPage {...props} /> }, rejected.errors ? status : 200)
}
