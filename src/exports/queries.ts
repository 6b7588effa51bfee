import { and, desc, eq, ne } from 'drizzle-orm'
import type { Admin } from '#src/db/admin.ts'
import { dataExports } from '#src/db/admin-schema.ts'

export type ExportRecord = typeof dataExports.$inferSelect
type Whose = { tenantId: number; sessionId: string }

/** The last one that was asked for here: another browser's is nobody's business. */
export async function latestExport(admin: Admin, whose: Whose): Promise<ExportRecord | null> {
  const [record] = await admin
    .select()
    .from(dataExports)
    .where(isOf(whose))
    .orderBy(desc(dataExports.id))
    .limit(1)
  return record ?? null
}

export async function findExport(admin: Admin, id: number, whose: Whose): Promise<ExportRecord | null> {
  const [record] = await admin
    .select()
    .from(dataExports)
    .where(and(eq(dataExports.id, id), isOf(whose)))
  return record ?? null
}

/** The zips of a business that may still be there. */
export async function exportFiles(admin: Admin, tenantId: number): Promise<string[]> {
  const rows = await admin
    .select({ fileName: dataExports.fileName })
    .from(dataExports)
    .where(and(eq(dataExports.tenantId, tenantId), ne(dataExports.status, 'gone')))
  return rows.flatMap(({ fileName }) => fileName ?? [])
}

const isOf = ({ tenantId, sessionId }: Whose) =>
  and(eq(dataExports.tenantId, tenantId), eq(dataExports.sessionId, sessionId))
