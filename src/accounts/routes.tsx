import { Hono } from 'hono'
import { correctEmail, renewConfirmation } from '#src/accounts/confirmation/actions.ts'
import { confirmationRoutes } from '#src/accounts/confirmation/confirmation-routes.tsx'
import { correctionForm, meantEmail } from '#src/accounts/form.ts'
import { limits } from '#src/accounts/limits.ts'
import { confirmationMail } from '#src/accounts/mails.tsx'
import { waitingEmail } from '#src/accounts/queries.ts'
import { recoveryRoutes } from '#src/accounts/recovery/recovery-routes.tsx'
import { signInRoutes } from '#src/accounts/sign-in-routes.tsx'
import { signUpRoutes } from '#src/accounts/sign-up-routes.tsx'
import { problemText, texts, tooManyText } from '#src/accounts/texts.ts'
import { secondsToWait } from '#src/accounts/too-many.tsx'
import { coverOf } from '#src/backups/covered/covered.ts'
import { lastCopy } from '#src/backups/covered/queries.ts'
import type { Env, TenantContext, TenantEnv } from '#src/http/env.ts'
import { type Rejected, readForm } from '#src/http/form.ts'
import { goTo, respond } from '#src/http/respond.tsx'
import { endAllSessions } from '#src/http/session.ts'
import { AccountPage } from '#views/accounts/account-page.tsx'

/** Before the door: sign up, sign in and out, recover, confirm. */
export const accounts = new Hono<Env>()
for (const pages of [signUpRoutes, signInRoutes, recoveryRoutes, confirmationRoutes])
  accounts.route('/', pages)

/** The law wants it at hand on every public page; it lives on the landing. */
accounts.get('/libro-de-reclamaciones', (c) =>
  c.redirect(`${c.var.services.config.landingOrigin}/libro-de-reclamaciones`, 303),
)

/** Behind it: the account's own page. */
export const account = new Hono<TenantEnv>()

const notices: Record<string, string> = {
  enviado: texts.confirmationSent,
  corregido: texts.emailCorrected,
  'por-confirmar': texts.emailWaiting,
}

account.get('/cuenta', (c) => show(c))

account.post('/cuenta/correo', async (c) => {
  const { services, user, now } = c.var
  const form = await readForm(c, correctionForm)
  if (!form.ok) return show(c, form)

  const { email, question } = meantEmail(form.data)
  if (question) return show(c, { values: { ...form.values, email_asked: email }, errors: {} }, { question })

  const wait = await secondsToWait(c, [[limits.signInByAccount, user.email]])
  if (wait) {
    const errors = { form: tooManyText(wait, { recover: true }) }
    return show(c, { values: form.values, errors }, { status: 429 })
  }

  const corrected = await correctEmail(
    services,
    { userId: user.id, email, password: form.data.password },
    now,
  )
  if (!corrected.ok) {
    const { field, text } = problemText[corrected.problem]
    return show(c, { values: form.values, errors: { [field]: text } })
  }
  if (corrected.confirmation) sendConfirmation(c, email, corrected.confirmation)
  return goTo(c, corrected.isWaiting ? '/cuenta?aviso=por-confirmar' : '/cuenta?aviso=corregido')
})

account.post('/cuenta/confirmacion', async (c) => {
  const { services, user, now } = c.var
  if (user.emailConfirmedAt) return goTo(c, '/cuenta')
  const wait = await secondsToWait(c, [[limits.confirmation, String(user.id)]])
  if (wait)
    return show(c, { values: {}, errors: { form: tooManyText(wait, { recover: false }) } }, { status: 429 })

  sendConfirmation(c, user.email, await renewConfirmation(services.databases.admin, user, now))
  return goTo(c, '/cuenta?aviso=enviado')
})

/** A telephone that was lost, a counter where somebody forgot to leave: out everywhere, here too. */
account.post('/cuenta/sesiones', async (c) => {
  await endAllSessions(c.var.services.databases.admin, c.var.user.id)
  return goTo(c, '/ingresar')
})

function sendConfirmation(c: TenantContext, email: string, token: string) {
  const { config, mailer } = c.var.services
  mailer.send('confirmation', async () =>
    confirmationMail(email, { link: `${config.appOrigin}/confirmar/${token}` }),
  )
}

type Shown = { question?: string; status?: 422 | 429 }

async function show(c: TenantContext, rejected?: Rejected, { question, status = 422 }: Shown = {}) {
  const { services, tenant, user, staff, shell, now } = c.var
  const { admin } = services.databases
  const isOwner = staff.role === 'dueno'
  const props = {
    shell,
    isOwner,
    cover: isOwner ? coverOf(await lastCopy(admin, tenant, now), tenant.trialStartedAt, now) : null,
    now,
    waiting: await waitingEmail(admin, user, now),
    question,
    notice: notices[c.req.query('aviso') ?? ''],
  }
  const page = () => <AccountPage {...props} {...rejected} />
  return respond(c, { page }, rejected ? status : 200)
}
