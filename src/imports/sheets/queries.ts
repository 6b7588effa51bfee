import { and, eq } from 'drizzle-orm'
import type { Db } from '#src/db/tenant.ts'
import { importSheets } from '#src/db/tenant-schema.ts'
import type { RawRow } from '../cells.ts'
import { unpackRows } from '../packing.ts'

/** One sheet of an uploaded file, to guess its columns anew; no rows when it is not there. */
export async function sheetRows(db: Db, importId: number, position: number): Promise<RawRow[]> {
  const [sheet] = await db
    .select({ rows: importSheets.rows })
    .from(importSheets)
    .where(and(eq(importSheets.importId, importId), eq(importSheets.position, position)))
  return sheet ? unpackRows(sheet.rows) : []
}
