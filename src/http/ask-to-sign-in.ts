import type { TenantContext } from '#src/http/env.ts'
import { wantsPartial } from '#src/http/respond.tsx'
import { returnPath } from '#src/http/return-path.ts'

/** A page leads to the sign-in and back; what cannot show a page is told in its own language. */
export function askToSignIn(c: TenantContext) {
  const { appOrigin } = c.var.services.config
  const isTill = c.req.method !== 'GET' && c.req.path.startsWith('/pos/')
  if (isTill || c.req.header('Accept')?.includes('application/json')) {
    return c.json({ ok: false, problem: 'signed-out', text: 'Tu sesión terminó. Vuelve a ingresar.' }, 401)
  }
  const back = returnPath(addressShown(c), appOrigin)
  const signIn = back === '/' ? '/ingresar' : `/ingresar?volver=${encodeURIComponent(back)}`
  if (!wantsPartial(c)) return c.redirect(signIn, 303)
  c.header('HX-Redirect', signIn)
  return c.body(null, 401)
}

/** What the person is looking at: a form's own address may not even have a page. */
function addressShown(c: TenantContext): string | undefined {
  if (wantsPartial(c)) return c.req.header('HX-Current-URL')
  if (c.req.method !== 'GET') return c.req.header('Referer')
  const { pathname, search } = new URL(c.req.url)
  return pathname + search
}
