import { sql } from 'drizzle-orm'
import { Hono } from 'hono'
import type { Env } from '#src/http/env.ts'

/** For the machine that watches: the process, and whether its databases answer. */
export const health = new Hono<Env>()

health.get('/healthz', (c) => c.text('ok'))

health.get('/readyz', async (c) => {
  await c.var.services.databases.admin.execute(sql`select 1`)
  return c.text('ok')
})
