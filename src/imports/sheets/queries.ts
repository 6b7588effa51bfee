import { and, asc, eq } from 'drizzle-orm'
import type { Db } from '#src/db/tenant.ts'
import { importSheets, imports } from '#src/db/tenant-schema.ts'
import type { Mapping } from '../mapping.ts'
import { otherLists } from './lists.ts'

/** One sheet of an uploaded file, still packed: no thread that sells unpacks it. null: it is not there. */
export async function packedSheet(db: Db, importId: number, position: number): Promise<Uint8Array | null> {
  const [sheet] = await db
    .select({ rows: importSheets.rows })
    .from(importSheets)
    .where(and(eq(importSheets.importId, importId), eq(importSheets.position, position)))
  return sheet?.rows ?? null
}

type Saved = { id: number; fileName: string; mapping: Mapping }

/** The sheets with products that neither this saving nor another of the same file has loaded, by name. */
export async function listsLeft(db: Db, { id, fileName, mapping }: Saved): Promise<string[]> {
  if (!mapping.lists) return []
  const [sheets, saved] = await Promise.all([
    db
      .select({ position: importSheets.position, name: importSheets.name })
      .from(importSheets)
      .where(eq(importSheets.importId, id))
      .orderBy(asc(importSheets.position)),
    db
      .select({ name: importSheets.name, position: importSheets.position, mapping: imports.mapping })
      .from(imports)
      .innerJoin(importSheets, eq(importSheets.importId, imports.id))
      .where(and(eq(imports.fileName, fileName), eq(imports.status, 'guardada'))),
  ])
  const loaded = saved.filter((sheet) => (JSON.parse(sheet.mapping) as Mapping).sheet === sheet.position)
  const names = new Set(loaded.map(({ name }) => name))
  return otherLists(mapping, sheets).filter((name) => !names.has(name))
}
