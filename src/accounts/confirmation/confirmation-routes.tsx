import { type Context, Hono } from 'hono'
import { confirmEmail } from '#src/accounts/confirmation/actions.ts'
import { findConfirmation } from '#src/accounts/queries.ts'
import { problemText } from '#src/accounts/texts.ts'
import { tokenHashOf } from '#src/accounts/token.ts'
import type { Env } from '#src/http/env.ts'
import { goTo, respond } from '#src/http/respond.tsx'
import { ConfirmationPage } from '#views/accounts/confirmation-page.tsx'
import { LinkOverPage } from '#views/accounts/new-password-page.tsx'

/** From the welcome mail; also on another device, where nobody is signed in. */
export const confirmationRoutes = new Hono<Env>()

const link = '/confirmar/:token{[A-Za-z0-9_-]{43}}'

confirmationRoutes.get(link, async (c) => {
  const token = c.req.param('token')
  const found = await findConfirmation(c.var.services.databases.admin, tokenHashOf(token), c.var.now)
  if (!found) return linkOver(c)
  const page = () => <ConfirmationPage token={token} email={found.email} isConfirmed={found.isConfirmed} />
  return respond(c, { page })
})

confirmationRoutes.post(link, async (c) => {
  const token = c.req.param('token')
  const confirmed = await confirmEmail(c.var.services.databases.admin, token, c.var.now)
  return confirmed.ok ? goTo(c, `/confirmar/${token}`) : linkOver(c)
})

function linkOver(c: Context<Env>) {
  const again = { href: '/cuenta', label: 'Ir a mi cuenta' }
  return respond(c, { page: () => <LinkOverPage text={problemText['link-over'].text} again={again} /> }, 404)
}
