import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Env } from '#src/http/env.ts'

/**
 * A browser in which this e-mail has signed in before. Its tries are counted apart, so that a stranger who tries
 * wrong passwords elsewhere does not shut the owner out of her own till. It opens nothing by itself.
 */
export function knownBrowser(c: Context<Env>, email: string): string | null {
  const [nonce = '', proof = ''] = (getCookie(c, nameOf(c)) ?? '').split('.')
  const [sent, right] = [Buffer.from(proof), Buffer.from(proofOf(c, email, nonce))]
  return nonce !== '' && sent.length === right.length && timingSafeEqual(sent, right) ? nonce : null
}

/** After a password that was right: from now on this browser is known for this e-mail. */
export function rememberBrowser(c: Context<Env>, email: string): void {
  if (knownBrowser(c, email)) return
  const nonce = randomBytes(12).toString('base64url')
  setCookie(c, nameOf(c), `${nonce}.${proofOf(c, email, nonce)}`, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: isSecure(c),
    maxAge: 180 * 86_400,
  })
}

function proofOf(c: Context<Env>, email: string, nonce: string): string {
  const key = Buffer.from(hkdfSync('sha256', c.var.services.config.masterKey, '', 'known-browser/v1', 32))
  return createHmac('sha256', key).update(`${email.toLowerCase()}\0${nonce}`).digest('base64url')
}

const isSecure = (c: Context<Env>) => c.var.services.config.appOrigin.startsWith('https:')
const nameOf = (c: Context<Env>) => (isSecure(c) ? '__Host-smartket-conocido' : 'smartket-conocido')
