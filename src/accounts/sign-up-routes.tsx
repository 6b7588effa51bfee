import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { type NewAccount, signIn, signUp } from '#src/accounts/actions.ts'
import { meantEmail, signUpForm } from '#src/accounts/form.ts'
import { limits } from '#src/accounts/limits.ts'
import { welcomeMail } from '#src/accounts/mails.tsx'
import { problemText, tooManyText } from '#src/accounts/texts.ts'
import { secondsToWait } from '#src/accounts/too-many.tsx'
import type { Env } from '#src/http/env.ts'
import { type Rejected, readForm } from '#src/http/form.ts'
import { goTo, respond } from '#src/http/respond.tsx'
import { startSession } from '#src/http/session.ts'
import { SignUpPage } from '#views/accounts/sign-up-page.tsx'

export const signUpRoutes = new Hono<Env>()

/**
 * The one form that another host may post: the landing's. Its Origin decides and nothing else, because
 * locally the two hosts are cross-site for a browser and in production they are same-site.
 */
const fromOurTwoHosts: MiddlewareHandler<Env> = async (c, next) => {
  const { landingOrigin, appOrigin } = c.var.services.config
  const origin = c.req.header('Origin')
  const isOurs =
    origin === undefined
      ? c.req.header('Sec-Fetch-Site') === 'same-origin'
      : origin === landingOrigin || origin === appOrigin
  if (!isOurs) throw new HTTPException(403, { message: 'cross-site' })
  return next()
}

signUpRoutes.get('/registro', (c) => show(c))

signUpRoutes.post('/registro', fromOurTwoHosts, async (c) => {
  const form = await readForm(c, signUpForm)
  if (!form.ok) return show(c, form)

  const { email, question } = meantEmail(form.data)
  if (question) return show(c, { values: { ...form.values, email_asked: email }, errors: {} }, { question })

  const account = { ...form.data, email, businessName: form.data.business_name }
  const wait = await secondsToWait(c, [[limits.signUp, c.var.clientAddress]])
  if (wait) return tooMany(c, form.values, wait)

  const signedUp = await signUp(c.var.services, account, c.var.now)
  if (!signedUp.ok) return comeBack(c, account, form.values)

  sendWelcome(c, account, signedUp.confirmation)
  await startSession(c, signedUp.userId, signedUp.tenantId)
  return goTo(c, '/configurar/datos-fiscales')
})

/** The second of a double click, or somebody who forgot that she has an account: her password lets her in. */
async function comeBack(c: Context<Env>, account: NewAccount, values: Rejected['values']) {
  const { clientAddress, services } = c.var
  const wait = await secondsToWait(c, [
    [limits.signInByAddress, clientAddress],
    [limits.signInByAccount, account.email],
  ])
  if (wait) return tooMany(c, values, wait)
  const signedIn = await signIn(services, account)
  if (!signedIn.ok) {
    const { field, text } = problemText['email-taken']
    return show(c, { values, errors: { [field]: text } })
  }
  await startSession(c, signedIn.userId, signedIn.tenantId)
  return goTo(c, '/')
}

function sendWelcome(c: Context<Env>, { email, businessName }: NewAccount, token: string) {
  const { config, mailer } = c.var.services
  const link = `${config.appOrigin}/confirmar/${token}`
  mailer.send('welcome', async () => welcomeMail(email, { businessName, link }))
}

const tooMany = (c: Context<Env>, values: Rejected['values'], wait: number) =>
  show(c, { values, errors: { form: tooManyText(wait, { recover: true }) } }, { status: 429 })

type Shown = { question?: string; status?: 422 | 429 }

function show(c: Context<Env>, rejected?: Rejected, { question, status = 422 }: Shown = {}) {
  const { landingOrigin } = c.var.services.config
  const page = () => <SignUpPage landingOrigin={landingOrigin} question={question} {...rejected} />
  return respond(c, { page }, rejected ? status : 200)
}
