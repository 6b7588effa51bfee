import { and, eq, max, sql } from 'drizzle-orm'
import type { TenantDb, TenantTx } from '#src/db/tenant.ts'
import { branches, business, registers, sales, series, staff } from '#src/db/tenant-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import type { Branch, Fiscal, Register } from './form.ts'
import { firstBranch, firstRegister } from './queries.ts'

/** Every step may be saved again: it changes the same rows, and `setup_step` only grows. */
export async function saveFiscal(db: TenantDb, staffId: number, fiscal: Fiscal): Promise<void> {
  const { name, legalName, address, ...rest } = fiscal
  await inTransaction(db, async (tx) => {
    await lockSetup(tx)
    await tx.update(staff).set({ name }).where(eq(staff.id, staffId))
    await tx.update(business).set({ ...rest, legalName: legalName || null, address: address || null })
    await passStep(tx, 1)
    return { ok: true }
  })
}

export async function saveBranch(db: TenantDb, branch: Branch, now: Date): Promise<void> {
  const { consent, ...columns } = branch
  await inTransaction(db, async (tx) => {
    await lockSetup(tx)
    const existing = await firstBranch(tx)
    const agreed = consent && columns.whatsapp !== null
    const whatsappConsentAt = agreed ? (existing?.whatsappConsentAt ?? now) : null
    if (existing) {
      await tx
        .update(branches)
        .set({ ...columns, whatsappConsentAt })
        .where(eq(branches.id, existing.id))
    } else {
      await tx.insert(branches).values({ ...columns, whatsappConsentAt, createdAt: now })
    }
    await passStep(tx, 2)
    return { ok: true }
  })
}

export type RegisterSaved = { ok: true } | { ok: false; problem: 'series-taken' | 'no-branch' }

/** The register and its series of notas de venta: one series a register, numbers without a gap. */
export function saveRegister(db: TenantDb, register: Register, now: Date): Promise<RegisterSaved> {
  return inTransaction(db, async (tx): Promise<RegisterSaved> => {
    await lockSetup(tx)
    const branch = await firstBranch(tx)
    if (!branch) return { ok: false, problem: 'no-branch' }
    const id = await writeRegister(tx, branch.id, register, now)
    if (!(await writeSeries(tx, id, register.series))) return { ok: false, problem: 'series-taken' }
    await passStep(tx, 3)
    return { ok: true }
  })
}

/** Products may also come later: the wizard ends when the first ones are there. */
export const finishSetup = (tx: TenantTx | TenantDb) => passStep(tx, 4)

async function writeRegister(tx: TenantTx, branchId: number, { name, paper }: Register, now: Date) {
  const existing = await firstRegister(tx)
  if (!existing) {
    const [row] = await tx.insert(registers).values({ branchId, name, paper, createdAt: now }).$returningId()
    return row!.id
  }
  // A sale locks the register first: none is being numbered while its series changes.
  await tx.select({ id: registers.id }).from(registers).where(eq(registers.id, existing.id)).for('update')
  await tx.update(registers).set({ name, paper }).where(eq(registers.id, existing.id))
  return existing.id
}

/** A new code goes on where that code's own sales ended, so that no series ever has a gap or a repeat. */
async function writeSeries(tx: TenantTx, registerId: number, code: string): Promise<boolean> {
  const [holder] = await tx.select().from(series).where(eq(series.code, code))
  if (holder) return holder.registerId === registerId
  const [last] = await tx
    .select({ number: max(sales.number) })
    .from(sales)
    .where(eq(sales.seriesCode, code))
  const nextNumber = (last?.number ?? 0) + 1
  const own = and(eq(series.registerId, registerId), eq(series.documentType, 'nota_venta'))
  const [existing] = await tx.select({ id: series.id }).from(series).where(own)
  if (existing) await tx.update(series).set({ code, nextNumber }).where(own)
  else await tx.insert(series).values({ registerId, documentType: 'nota_venta', code, nextNumber })
  return true
}

/** Two presses of one button wait for each other; the second finds the rows of the first. */
const lockSetup = (tx: TenantTx) => tx.select({ id: business.id }).from(business).for('update')

async function passStep(tx: TenantTx | TenantDb, step: number): Promise<void> {
  await tx.update(business).set({ setupStep: sql`greatest(${business.setupStep}, ${step})` })
}
