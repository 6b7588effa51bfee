import { Hono } from 'hono'
import type { TenantEnv } from '#src/http/env.ts'
import { NotFound } from '#src/http/errors.tsx'
import { findFile } from './queries.ts'

/** Pictures of the business, for whoever is signed in to it. */
export const files = new Hono<TenantEnv>()

files.get('/archivos/:id', async (c) => {
  const file = await findFile(c.var.db, c.req.param('id'))
  if (!file) throw new NotFound()
  c.header('Cache-Control', 'private, max-age=31536000, immutable')
  c.header('Content-Security-Policy', "default-src 'none'")
  c.header('Content-Type', file.type)
  return c.body(new Uint8Array(file.bytes))
})
