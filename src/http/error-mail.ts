import type { Context } from 'hono'
import { describeError } from '#src/db/errors.ts'
import type { Env } from '#src/http/env.ts'
import { takeHit } from '#src/http/rate-limit.ts'
import { version } from '#src/version.ts'

/** One mail an hour for each kind of error, and a handful in all, whatever the number of processes. */
const once = { bucket: 'error-mail', max: 1, windowSeconds: 3_600 }
const inAll = { bucket: 'error-mails', max: 6, windowSeconds: 3_600 }

/** Tells the operator of an error of ours, in the background: the answer does not wait, and never fails for it. */
export function mailError(c: Context<Env>, error: Error): void {
  const { services, now, requestId } = c.var
  const to = services?.config.operatorMail
  if (!to) return
  const { name, message } = describeError(error)
  const route = `${c.req.method} ${c.req.routePath}`
  services.mailer.send('alarm', async () => {
    const { admin } = services.databases
    if (!(await takeHit(admin, once, `${route} ${name}`, now)).ok) return null
    if (!(await takeHit(admin, inAll, 'all', now)).ok) return null
    const text = [
      `${route} failed: ${name}: ${message}`,
      `Code ${requestId}, SmartKet ${version}, ${now.toISOString()}.`,
      'More of this kind within the hour are only in the log: journalctl -u smartket.',
    ].join('\n')
    return {
      kind: 'alarm',
      to,
      subject: `SmartKet: an error in ${route}`,
      text,
      html: `<pre>${escaped(text)}</pre>`,
    }
  })
}

const escaped = (text: string) =>
  text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign)
