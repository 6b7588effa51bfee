import { and, asc, eq } from 'drizzle-orm'
import type { Db } from '#src/db/tenant.ts'
import { branches, business, registers, series, staff } from '#src/db/tenant-schema.ts'

export async function loadBusiness(db: Db) {
  const [row] = await db.select().from(business)
  if (!row) throw new Error('a tenant without its business row')
  return row
}

export async function staffName(db: Db, id: number): Promise<string> {
  const [row] = await db.select({ name: staff.name }).from(staff).where(eq(staff.id, id))
  return row?.name ?? ''
}

/** The wizard writes the first branch and the first register only; more come with the business's page. */
export async function firstBranch(db: Db) {
  const [row] = await db.select().from(branches).orderBy(asc(branches.id)).limit(1)
  return row ?? null
}

export async function firstRegister(db: Db) {
  const [row] = await db
    .select({ id: registers.id, name: registers.name, paper: registers.paper, series: series.code })
    .from(registers)
    .leftJoin(series, and(eq(series.registerId, registers.id), eq(series.documentType, 'nota_venta')))
    .orderBy(asc(registers.id))
    .limit(1)
  return row ?? null
}
