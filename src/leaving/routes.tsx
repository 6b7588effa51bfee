import { Hono } from 'hono'
import { limits } from '#src/accounts/limits.ts'
import { tooManyText } from '#src/accounts/texts.ts'
import { secondsToWait } from '#src/accounts/too-many.tsx'
import { describeError } from '#src/db/errors.ts'
import { passwordForm } from '#src/exports/form.ts'
import type { TenantContext, TenantEnv } from '#src/http/env.ts'
import { type Rejected, readForm } from '#src/http/form.ts'
import { ownersOnly } from '#src/http/owners-only.ts'
import { goTo, respond } from '#src/http/respond.tsx'
import { ClosingPage } from '#views/leaving/closing-page.tsx'
import { ReopenPage } from '#views/leaving/reopen-page.tsx'
import { closeAccount, reopenAccount, sendClosingNotice } from './actions.ts'
import { closingEnd } from './leaving.ts'
import { letters, reopenedMail } from './mails.tsx'
import { closingProblems, leavingTexts } from './texts.ts'

/** «Cerrar mi cuenta» and the way back: the owner's. */
export const leaving = new Hono<TenantEnv>()

leaving.use('/cuenta/cierre', ownersOnly)
leaving.use('/cuenta/reapertura', ownersOnly)

leaving.get('/cuenta/cierre', (c) => show(c))

leaving.post('/cuenta/cierre', async (c) => {
  const { services, tenant, user, clientAddress, now } = c.var
  const form = await readForm(c, passwordForm)
  if (!form.ok) return show(c, form)
  const wait = await secondsToWait(c, [[limits.signInByAccount, user.email]])
  if (wait) return show(c, { values: {}, errors: { form: tooManyText(wait, { recover: true }) } }, 429)
  const who = { tenantId: tenant.id, userId: user.id, address: clientAddress }
  const closed = await closeAccount(services, { ...who, password: form.data.password }, now)
  if (!closed.ok) {
    const { field, text } = closingProblems[closed.problem]
    return show(c, { values: {}, errors: { [field]: text } })
  }
  if (closed.isNew) tellInBackground(c)
  return goTo(c, '/cuenta/cierre')
})

leaving.post('/cuenta/reapertura', async (c) => {
  const { services, tenant, user, clientAddress, now } = c.var
  const who = { tenantId: tenant.id, userId: user.id, address: clientAddress }
  const reopened = await reopenAccount(services.databases.admin, who, now)
  if (reopened.isNew) {
    const about = { businessName: tenant.businessName, link: `${services.config.appOrigin}/` }
    services.mailer.send('closing', async () => reopenedMail(user.email, about))
  }
  return goTo(c, '/cuenta/cierre?aviso=abierta')
})

/** At once, without anybody waiting; what is not taken is sent again by the job. */
function tellInBackground(c: TenantContext): void {
  const { services, tenant, now } = c.var
  sendClosingNotice(services, letters, { ...tenant, closedAt: now }, now).catch((error: unknown) =>
    services.log.error({ tenantId: tenant.id, error: describeError(error) }, 'a closing was not told'),
  )
}

async function show(c: TenantContext, rejected?: Rejected, status: 422 | 429 = 422) {
  const { tenant, shell, now } = c.var
  const { closedAt } = tenant
  const page = () =>
    closedAt ? (
      <ReopenPage
        shell={shell}
        closedAt={closedAt}
        until={closingEnd(closedAt)}
        isOver={now >= closingEnd(closedAt)}
      />
    ) : (
      <ClosingPage
        shell={shell}
        until={closingEnd(now)}
        errors={rejected?.errors}
        notice={c.req.query('aviso') === 'abierta' ? leavingTexts.reopened : undefined}
      />
    )
  return respond(c, { page }, rejected ? status : 200)
}
