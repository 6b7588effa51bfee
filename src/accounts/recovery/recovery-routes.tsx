import { type Context, Hono } from 'hono'
import { newPasswordForm, recoveryForm } from '#src/accounts/form.ts'
import { limits } from '#src/accounts/limits.ts'
import { recoveryMail } from '#src/accounts/mails.tsx'
import { findReset } from '#src/accounts/queries.ts'
import { openReset, resetPassword } from '#src/accounts/recovery/actions.ts'
import { problemText, texts, tooManyText } from '#src/accounts/texts.ts'
import { tokenHashOf } from '#src/accounts/token.ts'
import { secondsToWait } from '#src/accounts/too-many.tsx'
import type { Env } from '#src/http/env.ts'
import { type Rejected, readForm } from '#src/http/form.ts'
import { goTo, respond } from '#src/http/respond.tsx'
import { startSession } from '#src/http/session.ts'
import { LinkOverPage, NewPasswordPage } from '#views/accounts/new-password-page.tsx'
import { RecoveryPage } from '#views/accounts/recovery-page.tsx'

export const recoveryRoutes = new Hono<Env>()

recoveryRoutes.get('/recuperar', (c) => {
  const notice = c.req.query('enviado') === undefined ? undefined : texts.recoverySent
  return respond(c, { page: () => <RecoveryPage notice={notice} /> })
})

recoveryRoutes.post('/recuperar', async (c) => {
  const form = await readForm(c, recoveryForm)
  if (!form.ok) return askAddress(c, form)

  const { email } = form.data
  const wait = await secondsToWait(c, [
    [limits.recoveryByAddress, c.var.clientAddress],
    [limits.recoveryByAccount, email],
  ])
  if (wait) return askAddress(c, { ...form, errors: { form: tooManyText(wait, { recover: false }) } }, 429)

  sendLink(c, email)
  return goTo(c, '/recuperar?enviado=1')
})

/** Everything that depends on whether the account exists happens after the answer. */
function sendLink(c: Context<Env>, email: string) {
  const { services, now } = c.var
  services.mailer.send('recovery', async () => {
    const token = await openReset(services, email, now)
    return token ? recoveryMail(email, { link: `${services.config.appOrigin}/recuperar/${token}` }) : null
  })
}

const link = '/recuperar/:token{[A-Za-z0-9_-]{43}}'

recoveryRoutes.get(link, async (c) => {
  const token = c.req.param('token')
  const reset = await findReset(c.var.services.databases.admin, tokenHashOf(token), c.var.now)
  return reset ? askPassword(c, token, reset.email) : linkOver(c)
})

recoveryRoutes.post(link, async (c) => {
  const { services, now, clientAddress } = c.var
  const token = c.req.param('token')
  const wait = await secondsToWait(c, [[limits.newPassword, clientAddress]])
  const reset = await findReset(services.databases.admin, tokenHashOf(token), now)
  if (!reset) return linkOver(c)
  if (wait) return askPassword(c, token, reset.email, { form: tooManyText(wait, { recover: false }) }, 429)

  const form = await readForm(c, newPasswordForm(reset))
  if (!form.ok) return askPassword(c, token, reset.email, form.errors)

  const done = await resetPassword(services, { token, password: form.data.password }, now)
  if (!done.ok) return linkOver(c)
  await startSession(c, done.userId, done.tenantId)
  return goTo(c, '/')
})

function askAddress(c: Context<Env>, rejected: Rejected, status: 422 | 429 = 422) {
  const { values, errors } = rejected
  return respond(c, { page: () => <RecoveryPage values={values} errors={errors} /> }, status)
}

function askPassword(
  c: Context<Env>,
  token: string,
  email: string,
  errors?: Rejected['errors'],
  status: 422 | 429 = 422,
) {
  const page = () => <NewPasswordPage token={token} email={email} {...(errors ? { errors } : {})} />
  return respond(c, { page }, errors ? status : 200)
}

function linkOver(c: Context<Env>) {
  const again = { href: '/recuperar', label: 'Pedir otro enlace' }
  return respond(c, { page: () => <LinkOverPage text={problemText['link-over'].text} again={again} /> }, 404)
}
