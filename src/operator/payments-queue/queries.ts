import { and, asc, count, desc, eq, inArray, isNull, type SQL } from 'drizzle-orm'
import type { Admin } from '#src/db/admin.ts'
import { operators, payments, tenantStats, tenants, users } from '#src/db/admin-schema.ts'
import type { Filter } from './form.ts'

export const pageSize = 50

const isIn: Record<Filter, () => SQL | undefined> = {
  declared: () => eq(payments.status, 'declared'),
  uninvoiced: () => and(eq(payments.status, 'confirmed'), isNull(payments.invoiceNumber)),
  confirmed: () => eq(payments.status, 'confirmed'),
  refused: () => inArray(payments.status, ['refused', 'refunded', 'charged_back']),
  open: () => inArray(payments.status, ['open', 'expired']),
}

/** What waits longest comes first where somebody waits; elsewhere the newest. */
export async function listPayments(admin: Admin, filter: Filter, page: number) {
  const isWaiting = filter === 'declared' || filter === 'uninvoiced'
  const [[total], rows] = await Promise.all([
    admin.select({ n: count() }).from(payments).where(isIn[filter]()),
    admin
      .select({
        id: payments.id,
        tenantId: payments.tenantId,
        business: tenants.businessName,
        planName: payments.planName,
        period: payments.period,
        amountCentimos: payments.amountCentimos,
        method: payments.method,
        operationNumber: payments.operationNumber,
        hasPicture: payments.pictureId,
        status: payments.status,
        declaredAt: payments.declaredAt,
        createdAt: payments.createdAt,
        provisionalUntil: tenants.provisionalUntil,
      })
      .from(payments)
      .innerJoin(tenants, eq(tenants.id, payments.tenantId))
      .where(isIn[filter]())
      .orderBy(isWaiting ? asc(payments.id) : desc(payments.id))
      .limit(pageSize)
      .offset((page - 1) * pageSize),
  ])
  return { total: total?.n ?? 0, rows }
}
export type PaymentListRow = Awaited<ReturnType<typeof listPayments>>['rows'][number]

/** One payment with all that a decision needs. */
export async function findPayment(admin: Admin, id: number) {
  const [row] = await admin
    .select({
      payment: payments,
      business: tenants.businessName,
      provisionalUntil: tenants.provisionalUntil,
      paidUntil: tenants.paidUntil,
      ownerName: tenantStats.ownerName,
      whatsapp: tenantStats.whatsapp,
      declaredBy: users.email,
      operator: operators.name,
    })
    .from(payments)
    .innerJoin(tenants, eq(tenants.id, payments.tenantId))
    .leftJoin(tenantStats, eq(tenantStats.tenantId, payments.tenantId))
    .leftJoin(users, eq(users.id, payments.userId))
    .leftJoin(operators, eq(operators.id, payments.operatorId))
    .where(eq(payments.id, id))
  return row ?? null
}
export type PaymentFound = NonNullable<Awaited<ReturnType<typeof findPayment>>>

/** Others that name the same operation: the same Yape shown twice. */
export async function sameOperation(
  admin: Admin,
  { id, operationNumber }: { id: number; operationNumber: string | null },
) {
  if (!operationNumber) return []
  const rows = await admin
    .select({
      id: payments.id,
      business: tenants.businessName,
      status: payments.status,
      amountCentimos: payments.amountCentimos,
    })
    .from(payments)
    .innerJoin(tenants, eq(tenants.id, payments.tenantId))
    .where(eq(payments.operationNumber, operationNumber))
    .orderBy(desc(payments.id))
    .limit(10)
  return rows.filter((row) => row.id !== id)
}
export type SameOperation = Awaited<ReturnType<typeof sameOperation>>

export async function nextToConfirm(admin: Admin): Promise<number | null> {
  const [row] = await admin
    .select({ id: payments.id })
    .from(payments)
    .where(eq(payments.status, 'declared'))
    .orderBy(asc(payments.id))
    .limit(1)
  return row?.id ?? null
}
