import { eq, lt } from 'drizzle-orm'
import type { TenantDb, TenantTx } from '#src/db/tenant.ts'
import { bulkChanges, categories, products } from '#src/db/tenant-schema.ts'
import { categoryNamed, changeCatalogue, type Gone, gone, growCatalogue, type Most } from '../actions.ts'
import { type Change, planPrices } from './bulk.ts'
import type { BulkTarget } from './form.ts'
import { keptIds, targets } from './queries.ts'
import { type Column, eraseRows, writeColumn } from './rows/actions.ts'
import { saidTexts, tooDearText } from './texts.ts'

/** A change over many can be undone this long. */
export const undoDays = 30

type Staff = { id: number }
type Done = { ok: true; changeId: number }
type Kind = keyof typeof columnOf

const columnOf = {
  precio: 'priceCentimos',
  categoria: 'categoryId',
  visible: 'active',
} as const satisfies Record<string, Column>

export function changePrices(
  db: TenantDb,
  staff: Staff,
  target: BulkTarget,
  basisPoints: number,
  now: Date,
): Promise<Done | { ok: false; text: string }> {
  return changeCatalogue(db, async (tx) => {
    const plan = planPrices(await targets(tx, target), basisPoints)
    if (plan.tooDear) return { ok: false as const, text: tooDearText(plan.tooDear.name) }
    const changes = plan.changes.map((row): Change => [row.id, row.priceCentimos, row.newCentimos])
    return change(tx, staff, 'precio', changes, saidTexts.price(changes.length, basisPoints), now)
  })
}

export type Repriced = Done & { said: string; isSame: boolean }

/** One row's price, with the same way back: to what it costs now, whatever the screen still showed. */
export const changePrice = (db: TenantDb, staff: Staff, id: number, after: number, now: Date) =>
  changeCatalogue(db, async (tx): Promise<Repriced | Gone> => {
    const [product] = await tx
      .select({ name: products.name, before: products.priceCentimos })
      .from(products)
      .where(eq(products.id, id))
      .for('update')
    if (!product) return gone
    const { name, before } = product
    const isSame = before === after
    const said = saidTexts.onePrice(name, before, after)
    const done = await change(tx, staff, 'precio', isSame ? [] : [[id, before, after]], said, now)
    return { ...done, said, isSame }
  })

export const changeCategory = (db: TenantDb, staff: Staff, target: BulkTarget, category: string, now: Date) =>
  changeCatalogue(db, async (tx) => {
    const categoryId = await categoryNamed(tx, category)
    const moved = (await targets(tx, target)).filter((row) => row.categoryId !== categoryId)
    const changes = moved.map((row): Change => [row.id, row.categoryId, categoryId])
    return change(tx, staff, 'categoria', changes, saidTexts.category(moved.length, category), now)
  })

/** `most`: products on sale under the plan; all of them come back or none. */
export const showMany = (
  db: TenantDb,
  staff: Staff,
  target: BulkTarget,
  active: boolean,
  now: Date,
  most: Most = null,
) =>
  growCatalogue(db, most, async (tx) => {
    const moved = (await targets(tx, target)).filter((row) => row.active !== active)
    const said = active ? saidTexts.shown(moved.length) : saidTexts.hidden(moved.length)
    return change(tx, staff, 'visible', moved.map(toggled(active)), said, now)
  })

/**
 * What was never sold goes for good; the rest is hidden, and can be shown again. Locked before its sales are looked
 * for: a sale that is just being made either keeps its product or finds it gone.
 */
export const deleteMany = (db: TenantDb, staff: Staff, target: BulkTarget, now: Date) =>
  changeCatalogue(db, async (tx) => {
    const all = await targets(tx, target).for('update')
    const ids = all.map((row) => row.id)
    const sold = await keptIds(tx, ids)
    const erasable = ids.filter((id) => !sold.has(id))
    const kept = new Set([...sold, ...(await eraseRows(tx, erasable))])
    const hidden = all.filter((row) => kept.has(row.id) && row.active)
    const said = saidTexts.deleted(all.length - kept.size, kept.size)
    return change(tx, staff, 'visible', hidden.map(toggled(false)), said, now)
  })

/** Brings back what is still as the change left it; what changed since stays. */
export const undoChange = (db: TenantDb, id: number, now: Date, most: Most = null) =>
  growCatalogue(db, most, async (tx) => {
    const [row] = await tx.select().from(bulkChanges).where(eq(bulkChanges.id, id)).for('update')
    if (!row) return gone
    if (row.undoneAt) return { ok: true as const }
    const changes = JSON.parse(row.changes) as Change[]
    const due = row.kind === 'categoria' ? await intoKnown(tx, changes) : changes
    const back = due.map(([product, before, after]): Change => [product, after, before])
    const written = await writeColumn(tx, columnOf[row.kind], back, now)
    const said = saidTexts.undone(written, changes.length - written)
    await tx.update(bulkChanges).set({ undoneAt: now, said }).where(eq(bulkChanges.id, id))
    return { ok: true as const }
  })

/** Those whose earlier category is still there. */
async function intoKnown(tx: TenantTx, changes: readonly Change[]): Promise<Change[]> {
  const rows = await tx.select({ id: categories.id }).from(categories).for('update')
  const known = new Set<unknown>([null, ...rows.map(({ id }) => id)])
  return changes.filter(([, before]) => known.has(before))
}

const toggled =
  (active: boolean) =>
  ({ id }: { id: number }): Change => [id, !active, active]

async function change(
  tx: TenantTx,
  staff: Staff,
  kind: Kind,
  changes: Change[],
  said: string,
  now: Date,
): Promise<Done> {
  await writeColumn(tx, columnOf[kind], changes, now)
  await tx
    .delete(bulkChanges)
    .where(lt(bulkChanges.createdAt, new Date(now.getTime() - undoDays * 86_400_000)))
  const [{ insertId }] = await tx
    .insert(bulkChanges)
    .values({ staffId: staff.id, kind, changes: JSON.stringify(changes), said, createdAt: now })
  return { ok: true, changeId: insertId }
}
