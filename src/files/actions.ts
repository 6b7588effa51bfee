import { createHash } from 'node:crypto'
import { and, eq, inArray, notExists, sql } from 'drizzle-orm'
import type { TenantTx } from '#src/db/tenant.ts'
import { files, products } from '#src/db/tenant-schema.ts'
import type { Picture } from './picture.ts'

/** The same bytes are one row, whoever uploads them and however often. */
export async function keepFile(tx: TenantTx, { type, bytes }: Picture, now: Date): Promise<string> {
  const id = createHash('sha256').update(bytes).digest('hex')
  await tx
    .insert(files)
    .values({ id, type, bytes: Buffer.from(bytes), createdAt: now })
    .onDuplicateKeyUpdate({ set: { id: sql`${files.id}` } })
  return id
}

/** Pictures that no product shows any more. */
export async function dropUnused(tx: TenantTx, ids: readonly (string | null)[]): Promise<void> {
  const known = ids.filter((id) => id !== null)
  if (known.length === 0) return
  const used = tx.select({ id: products.id }).from(products).where(eq(products.photoId, files.id))
  await tx.delete(files).where(and(inArray(files.id, known), notExists(used)))
}
