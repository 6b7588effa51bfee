import { eq } from 'drizzle-orm'
import type { Db } from '#src/db/tenant.ts'
import { files } from '#src/db/tenant-schema.ts'
import { fileId } from './picture.ts'

export async function findFile(db: Db, id: string) {
  if (!fileId.test(id)) return null
  const [row] = await db.select({ type: files.type, bytes: files.bytes }).from(files).where(eq(files.id, id))
  return row ?? null
}
