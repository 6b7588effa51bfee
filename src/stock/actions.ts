import { and, eq, sql } from 'drizzle-orm'
import type { TenantDb, TenantTx } from '#src/db/tenant.ts'
import { branches, business, products, stockLevels, stockMovements } from '#src/db/tenant-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { changeCatalogue } from '#src/products/actions.ts'
import { lastManualMovement } from './queries.ts'
import { type AmountProblem, maxLevelThousandths, movedBy, type Reason, readAmount } from './stock.ts'

export type Movement = {
  productId: number
  branchId: number
  reason: Reason
  quantity: string
  note: string | null
  seen: number
}
export type MovementProblem = AmountProblem | 'not-tracked' | 'unknown-branch' | 'too-large'
export type Moved = { ok: true } | { ok: false; problem: MovementProblem }

/** One movement by hand. The level is locked before it is read: a count sets what is there at that instant. */
export function moveStock(
  db: TenantDb,
  staff: { id: number },
  movement: Movement,
  now: Date,
): Promise<Moved> {
  const { productId, branchId, reason, note } = movement
  return inTransaction(db, async (tx): Promise<Moved> => {
    const [product] = await tx
      .select({ step: products.stepThousandths, tracksStock: products.tracksStock })
      .from(products)
      .where(eq(products.id, productId))
      .for('update')
    if (!product?.tracksStock) return { ok: false, problem: 'not-tracked' }
    const [branch] = await tx.select({ id: branches.id }).from(branches).where(eq(branches.id, branchId))
    if (!branch) return { ok: false, problem: 'unknown-branch' }
    const amount = readAmount(movement.quantity, reason, product.step)
    if (!amount.ok) return amount
    const last = await lastManualMovement(tx, productId)
    if (last && last.id > movement.seen && isTheSame(last, movement, amount.thousandths, staff, now))
      return { ok: true }
    const level = await lockLevel(tx, branchId, productId)
    const moved = movedBy(reason, amount.thousandths, level)
    if (Math.abs(level + moved) > maxLevelThousandths) return { ok: false, problem: 'too-large' }
    const key = and(eq(stockLevels.branchId, branchId), eq(stockLevels.productId, productId))
    await tx
      .update(stockLevels)
      .set({ quantityThousandths: level + moved })
      .where(key)
    await tx.insert(stockMovements).values({
      branchId,
      productId,
      quantityThousandths: moved,
      reason,
      note,
      staffId: staff.id,
      createdAt: now,
    })
    return { ok: true }
  })
}

/** Only what is tracked is counted, warned of and taken by a sale. */
export const trackStock = (db: TenantDb, productId: number, tracksStock: boolean, now: Date) =>
  changeCatalogue(db, async (tx) => {
    await tx.update(products).set({ tracksStock, updatedAt: now }).where(eq(products.id, productId))
    return { ok: true as const }
  })

/** The owner's word for the whole business. */
export const blockWithoutStock = (db: TenantDb, blocks: boolean) =>
  changeCatalogue(db, async (tx) => {
    await tx.update(business).set({ blocksWithoutStock: blocks })
    return { ok: true as const }
  })

/** The row is made first, so that there is something to lock. */
async function lockLevel(tx: TenantTx, branchId: number, productId: number): Promise<number> {
  await tx
    .insert(stockLevels)
    .values({ branchId, productId, quantityThousandths: 0 })
    .onDuplicateKeyUpdate({ set: { productId: sql`${stockLevels.productId}` } })
  const [row] = await tx
    .select({ thousandths: stockLevels.quantityThousandths })
    .from(stockLevels)
    .where(and(eq(stockLevels.branchId, branchId), eq(stockLevels.productId, productId)))
    .for('update')
  return row?.thousandths ?? 0
}

type Last = NonNullable<Awaited<ReturnType<typeof lastManualMovement>>>

/** The second press of a double click, with a form that had not seen the first. */
const isTheSame = (last: Last, movement: Movement, thousandths: number, staff: { id: number }, now: Date) =>
  (movement.reason === 'conteo' || last.quantityThousandths === movedBy(movement.reason, thousandths, 0)) &&
  last.staffId === staff.id &&
  last.branchId === movement.branchId &&
  last.reason === movement.reason &&
  last.note === movement.note &&
  now.getTime() - last.createdAt.getTime() < 10_000
