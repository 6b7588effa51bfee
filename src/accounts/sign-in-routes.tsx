import { type Context, Hono } from 'hono'
import { signIn } from '#src/accounts/actions.ts'
import { signInForm } from '#src/accounts/form.ts'
import { limits } from '#src/accounts/limits.ts'
import { problemText, tooManyText } from '#src/accounts/texts.ts'
import { secondsToWait } from '#src/accounts/too-many.tsx'
import type { Env } from '#src/http/env.ts'
import { type Rejected, readForm } from '#src/http/form.ts'
import { knownBrowser, rememberBrowser } from '#src/http/known-browser.ts'
import { goTo, respond } from '#src/http/respond.tsx'
import { returnPath } from '#src/http/return-path.ts'
import { endSession, isSignedIn, startSession } from '#src/http/session.ts'
import { SignInPage } from '#views/accounts/sign-in-page.tsx'

export const signInRoutes = new Hono<Env>()

signInRoutes.get('/ingresar', async (c) => {
  const back = returnPath(c.req.query('volver'), c.var.services.config.appOrigin)
  if (await isSignedIn(c)) return goTo(c, back)
  return show(c, back)
})

signInRoutes.post('/ingresar', async (c) => {
  const form = await readForm(c, signInForm)
  const back = returnPath(form.values.volver, c.var.services.config.appOrigin)
  if (!form.ok) return show(c, back, form)

  // A browser of hers is counted apart: strangers cannot use up her tries.
  const known = knownBrowser(c, form.data.email)
  const wait = await secondsToWait(c, [
    [limits.signInByAddress, known ?? c.var.clientAddress],
    [limits.signInByAccount, known ? `${form.data.email} ${known}` : form.data.email],
  ])
  if (wait) {
    const errors = { form: tooManyText(wait, { recover: true }) }
    return show(c, back, { values: form.values, errors }, 429)
  }

  const signedIn = await signIn(c.var.services, form.data)
  if (!signedIn.ok) {
    const { field, text } = problemText[signedIn.problem]
    return show(c, back, { values: form.values, errors: { [field]: text } })
  }
  rememberBrowser(c, form.data.email)
  await startSession(c, signedIn.userId, signedIn.tenantId)
  return goTo(c, back)
})

signInRoutes.post('/salir', async (c) => {
  await endSession(c)
  return goTo(c, '/ingresar')
})

function show(c: Context<Env>, back: string, rejected?: Rejected, status: 422 | 429 = 422) {
  return respond(c, { page: () => <SignInPage back={back} {...rejected} /> }, rejected ? status : 200)
}
