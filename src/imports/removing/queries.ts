import { and, eq } from 'drizzle-orm'
import type { Db } from '#src/db/tenant.ts'
import { importChanges } from '#src/db/tenant-schema.ts'

/** How many ready products left with this import. */
export const removedBy = (db: Db, importId: number): Promise<number> =>
  db.$count(importChanges, and(eq(importChanges.importId, importId), eq(importChanges.kind, 'removed')))
