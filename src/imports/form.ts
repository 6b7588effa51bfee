import type { TenantContext } from '#src/http/env.ts'

/** The uploaded file; null when there is none, or the body is no upload at all. */
export async function readUpload(c: TenantContext): Promise<Uint8Array | null> {
  const body = await c.req.formData().catch(() => null)
  const file = body?.get('file')
  if (!(file instanceof File) || (file.size === 0 && file.name === '')) return null
  return new Uint8Array(await file.arrayBuffer())
}
