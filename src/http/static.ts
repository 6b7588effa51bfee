import type { Handler } from 'hono'
import type { Env } from '#src/http/env.ts'
import { NotFound } from '#src/http/errors.tsx'
import { assetBytes, assets } from '#src/lib/assets.ts'

/** Fingerprinted files, held in memory: the thread pool belongs to password hashing (OPERATIONS.md, section 4). */
export function staticFiles(): Handler<Env> {
  const files = new Map(
    Object.values(assets())
      .filter((asset) => asset.public)
      .map((asset) => [asset.path, { type: asset.type, body: new Uint8Array(assetBytes(asset.file)) }]),
  )
  return (c) => {
    const file = files.get(c.req.path)
    if (!file) throw new NotFound()
    c.header('Cache-Control', 'public, max-age=31536000, immutable')
    c.header('Content-Type', file.type)
    return c.body(file.body)
  }
}
