import type { Context, Env as HonoEnv } from 'hono'
import { html } from 'hono/html'
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

type Views = {
  page: () => JSX.Element | Promise<JSX.Element>
  partial?: () => JSX.Element | Promise<JSX.Element>
}

/** htmx says what it will do with the answer: replace one element, or the whole page (also on Back). */
export const wantsPartial = (c: Context) => c.req.header('HX-Request-Type') === 'partial'

/**
 * One URL, two sizes; the partial is the component that the page embeds. Never stored: on a shared PC
 * Back must not show another person's page, nor a bare fragment.
 */
export async function respond<E extends HonoEnv>(
  c: Context<E>,
  { page, partial }: Views,
  status: ContentfulStatusCode = 200,
) {
  c.header('Vary', 'HX-Request-Type', { append: true })
  if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'private, no-store')
  if (wantsPartial(c) && partial) return c.html(await partial(), status)
  return c.html(html`<!doctype html>${await page()}`, status)
}

/** After a successful POST. A plain form gets 303; htmx gets a header, since fetch would follow the 303 itself. */
export function goTo<E extends HonoEnv>(c: Context<E>, path: string) {
  if (!wantsPartial(c)) return c.redirect(path, 303)
  c.header('HX-Redirect', path)
  return c.body(null, 204)
}
