import { createHash } from 'node:crypto'
import { and, eq, notExists, sql } from 'drizzle-orm'
import type { AdminTx } from '#src/db/admin.ts'
import { files, payments } from '#src/db/admin-schema.ts'
import type { Picture } from '#src/files/picture.ts'

/** A payment's picture lies where the operator can see it: in the admin database, once for the same bytes. */
export async function keepPicture(tx: AdminTx, { type, bytes }: Picture, now: Date): Promise<string> {
  const id = createHash('sha256').update(bytes).digest('hex')
  await tx
    .insert(files)
    .values({ id, type, bytes: Buffer.from(bytes), createdAt: now })
    .onDuplicateKeyUpdate({ set: { id: sql`${files.id}` } })
  return id
}

/** A picture that another one took the place of, unless another payment shows the same. */
export async function dropPicture(tx: AdminTx, id: string): Promise<void> {
  const used = tx.select({ id: payments.id }).from(payments).where(eq(payments.pictureId, files.id))
  await tx.delete(files).where(and(eq(files.id, id), notExists(used)))
}
