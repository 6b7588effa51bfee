import { type Context, Hono } from 'hono'
import { secondsToWait } from '#src/accounts/too-many.tsx'
import type { Env } from '#src/http/env.ts'
import { type Rejected, readForm } from '#src/http/form.ts'
import { goTo, respond } from '#src/http/respond.tsx'
import { returnPath } from '#src/http/return-path.ts'
import { OperatorSignInPage } from '#views/operator/sign-in-page.tsx'
import { signInOperator } from './actions.ts'
import { signInForm } from './form.ts'
import { operatorLimits } from './operator.ts'
import { leaveOperatorSession, readOperatorSession, setOperatorCookie } from './session.tsx'
import { texts, tooManyText } from './texts.ts'

/** Before the door of the console. */
export const operatorDoor = new Hono<Env>()

operatorDoor.get('/ingresar', async (c) => {
  const back = returnPath(c.req.query('volver'), c.var.services.config.operatorOrigin)
  if (await readOperatorSession(c)) return goTo(c, back)
  return show(c, back)
})

operatorDoor.post('/ingresar', async (c) => {
  const { services, now, clientAddress } = c.var
  const form = await readForm(c, signInForm)
  const back = returnPath(form.values.volver, services.config.operatorOrigin)
  if (!form.ok) return show(c, back, form)

  const { email, password, codigo } = form.data
  const wait = await secondsToWait(c, [
    [operatorLimits.signInByAddress, clientAddress],
    [operatorLimits.signInByAccount, email],
  ])
  if (wait) {
    const errors = { form: tooManyText(wait, { recover: false }) }
    return show(c, back, { values: form.values, errors }, 429)
  }
  const who = { email, password, code: codigo, address: clientAddress }
  const signedIn = await signInOperator(services, who, now)
  if (!signedIn.ok) return show(c, back, { values: form.values, errors: { form: texts.noMatch } })
  await leaveOperatorSession(c)
  setOperatorCookie(c, signedIn.token)
  return goTo(c, back)
})

operatorDoor.post('/salir', async (c) => {
  await leaveOperatorSession(c)
  return goTo(c, '/ingresar')
})

function show(c: Context<Env>, back: string, rejected?: Rejected, status: 422 | 429 = 422) {
  return respond(c, { page: () => <OperatorSignInPage back={back} {...rejected} /> }, rejected ? status : 200)
}
