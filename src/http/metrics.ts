import { createHash, timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import type { Env } from '#src/http/env.ts'
import { isFromHere } from '#src/http/from-here.ts'
import { plainHeaders } from '#src/http/security.ts'
import { registry } from '#src/metrics/metrics.ts'

/** For this machine, or for whoever has the token; for everybody else there is no such page. */
export const metrics = new Hono<Env>()

metrics.get('/metrics', async (c) => {
  const { metricsToken } = c.var.services.config
  if (!isFromHere(c) && !holds(c.req.header('Authorization'), metricsToken))
    return c.text('Not found', 404, plainHeaders)
  c.header('Cache-Control', 'no-store')
  c.header('Content-Type', registry.contentType)
  return c.body(await registry.metrics())
})

function holds(sent: string | undefined, token: string | null): boolean {
  if (token === null || !sent?.startsWith('Bearer ')) return false
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(sent.slice('Bearer '.length)), hash(token))
}
