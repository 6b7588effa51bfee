import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { Db } from '#src/db/tenant.ts'
import { branches, cashSessions, registers, salePayments, sales, staff } from '#src/db/tenant-schema.ts'
import type { Method } from '#src/sales/payment.ts'

export type OpenSession = {
  id: number
  registerId: number
  requestKey: string
  openedAt: Date
  openedBy: string
  floatCentimos: number
}

const openColumns = {
  id: cashSessions.id,
  registerId: cashSessions.registerId,
  requestKey: cashSessions.requestKey,
  openedAt: cashSessions.openedAt,
  openedBy: staff.name,
  floatCentimos: cashSessions.floatCentimos,
}

/** The turno that a register has open, or null. */
export async function openSession(db: Db, registerId: number): Promise<OpenSession | null> {
  const [session] = await db
    .select(openColumns)
    .from(cashSessions)
    .innerJoin(staff, eq(staff.id, cashSessions.openedBy))
    .where(and(eq(cashSessions.registerId, registerId), eq(cashSessions.openSlot, 1)))
  return session ?? null
}

export type RegisterState = {
  id: number
  name: string
  branchName: string
  session: OpenSession | null
  salesMade: number
  byMethod: { method: Method; centimos: number }[]
}

/** Each register of the business: closed, or what its open turno has sold so far. */
export async function registerStates(db: Db): Promise<RegisterState[]> {
  const rows = await db
    .select({ id: registers.id, name: registers.name, branchName: branches.name })
    .from(registers)
    .innerJoin(branches, eq(branches.id, registers.branchId))
    .orderBy(asc(registers.id))
  const open = await db
    .select(openColumns)
    .from(cashSessions)
    .innerJoin(staff, eq(staff.id, cashSessions.openedBy))
    .where(eq(cashSessions.openSlot, 1))
  const sold = await soldIn(
    db,
    open.map((session) => session.id),
  )
  return rows.map((register) => {
    const session = open.find((candidate) => candidate.registerId === register.id) ?? null
    const own = sold.filter((row) => row.cashSessionId === session?.id)
    return {
      ...register,
      session,
      // Every sale is paid in one way until mixed payment comes; then this count moves to a query of its own.
      salesMade: own.reduce((sum, row) => sum + row.made, 0),
      byMethod: own.map(({ method, centimos }) => ({ method, centimos })),
    }
  })
}

async function soldIn(db: Db, sessionIds: number[]) {
  if (sessionIds.length === 0) return []
  return db
    .select({
      cashSessionId: sales.cashSessionId,
      method: salePayments.method,
      centimos: sql`sum(${salePayments.amountCentimos})`.mapWith(Number),
      made: sql`count(distinct ${sales.id})`.mapWith(Number),
    })
    .from(salePayments)
    .innerJoin(sales, eq(sales.id, salePayments.saleId))
    .where(inArray(sales.cashSessionId, sessionIds))
    .groupBy(sales.cashSessionId, salePayments.method)
    .orderBy(salePayments.method)
}
