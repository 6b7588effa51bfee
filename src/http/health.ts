import { sql } from 'drizzle-orm'
import { Hono } from 'hono'
import { describeError } from '#src/db/errors.ts'
import type { Env } from '#src/http/env.ts'
import { isFromHere } from '#src/http/from-here.ts'
import { plainHeaders } from '#src/http/security.ts'
import { commit, version } from '#src/version.ts'

/** For the machine that watches: the process, and whether its databases answer. */
export const health = new Hono<Env>()

health.get('/healthz', (c) => c.text('ok', 200, plainHeaders))

health.get('/readyz', async (c) => {
  const { databases, log } = c.var.services
  try {
    await databases.admin.execute(sql`select 1`)
    // Who upgrades must know which release answers; nobody else learns it.
    if (isFromHere(c)) c.header('X-SmartKet-Release', `${version} (${commit})`)
    return c.text('ok', 200, plainHeaders)
  } catch (error) {
    log.warn({ error: describeError(error) }, 'the database does not answer')
    return c.text('the database does not answer', 503, plainHeaders)
  }
})
