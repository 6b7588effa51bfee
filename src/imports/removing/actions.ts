import { and, asc, eq, inArray, max, sql } from 'drizzle-orm'
import { insertRows } from '#src/db/insert-rows.ts'
import type { TenantTx } from '#src/db/tenant.ts'
import {
  branches,
  categories,
  files,
  importChanges,
  modifierGroups,
  productComponents,
  productModifierGroups,
  products,
  productUnavailable,
  saleLines,
  stockLevels,
  stockMovements,
} from '#src/db/tenant-schema.ts'
import { slices } from '../slices.ts'
import { type Removed, reviveProduct } from './removed.ts'

/**
 * The ready products that nobody touched or sold leave with the first import, and «Pollo» behind them when no
 * plate takes of it any more. Their rows are locked before their sales are looked for: a sale that is just being
 * made either keeps its product or finds it gone.
 */
export async function removeReadyProducts(
  tx: TenantTx,
  importId: number,
  ids: readonly number[],
): Promise<void> {
  const plates = await removable(tx, ids)
  if (plates.length > 0) await remove(tx, importId, plates)
  const counted = await tx
    .select({ id: products.id })
    .from(products)
    .where(
      and(
        eq(products.fromMenu, true),
        eq(products.forSale, false),
        sql`not exists (select 1 from ${productComponents} where ${productComponents.componentId} = ${products.id})`,
      ),
    )
  if (plates.length === 0 || counted.length === 0) return
  const alone = await removable(
    tx,
    counted.map(({ id }) => id),
  )
  if (alone.length > 0) await remove(tx, importId, alone)
}

async function removable(tx: TenantTx, ids: readonly number[]): Promise<number[]> {
  const wanted: number[] = []
  for (const some of slices(ids.toSorted((a, b) => a - b))) {
    await tx
      .select({ id: products.id })
      .from(products)
      .where(inArray(products.id, some))
      .orderBy(asc(products.id))
      .for('update')
    const free = await tx
      .select({ id: products.id })
      .from(products)
      .where(
        and(
          inArray(products.id, some),
          eq(products.fromMenu, true),
          sql`not exists (select 1 from ${saleLines} where ${saleLines.productId} = ${products.id})`,
          sql`not exists (select 1 from ${stockMovements} where ${stockMovements.productId} = ${products.id})`,
        ),
      )
      .orderBy(asc(products.id))
    wanted.push(...free.map(({ id }) => id))
  }
  // What a product that stays is made of stays as well.
  const going = new Set(wanted)
  const staying = new Set<number>()
  for (const some of slices(wanted)) {
    const uses = await tx
      .select({ whole: productComponents.productId, part: productComponents.componentId })
      .from(productComponents)
      .where(inArray(productComponents.componentId, some))
    for (const { whole, part } of uses) if (!going.has(whole)) staying.add(part)
  }
  return wanted.filter((id) => !staying.has(id))
}

async function remove(tx: TenantTx, importId: number, ids: readonly number[]): Promise<void> {
  const [last] = await tx
    .select({ position: max(importChanges.position) })
    .from(importChanges)
    .where(eq(importChanges.importId, importId))
  let position = last?.position ?? 0
  for (const some of slices(ids)) {
    const removed = await readSurroundings(tx, some)
    await insertRows(
      tx,
      importChanges,
      removed.map((one) => ({
        importId,
        position: ++position,
        productId: one.product.id,
        kind: 'removed' as const,
        before: JSON.stringify(one),
        after: null,
      })),
    )
  }
  for (const some of slices(ids)) {
    for (const table of [productComponents, productModifierGroups, productUnavailable, stockLevels]) {
      await tx.delete(table).where(inArray(table.productId, some))
    }
  }
  // Only now is none of them a part of another.
  for (const some of slices(ids)) await tx.delete(products).where(inArray(products.id, some))
}

async function readSurroundings(tx: TenantTx, ids: number[]): Promise<Removed[]> {
  const all = await tx.select().from(products).where(inArray(products.id, ids)).orderBy(asc(products.id))
  const components = await tx
    .select()
    .from(productComponents)
    .where(inArray(productComponents.productId, ids))
  const groups = await tx
    .select()
    .from(productModifierGroups)
    .where(inArray(productModifierGroups.productId, ids))
  const unavailable = await tx
    .select()
    .from(productUnavailable)
    .where(inArray(productUnavailable.productId, ids))
  const levels = await tx.select().from(stockLevels).where(inArray(stockLevels.productId, ids))
  return all.map((product) => {
    const of = <T extends { productId: number }>(rows: T[]) =>
      rows.filter((row) => row.productId === product.id)
    return {
      product,
      components: of(components),
      groups: of(groups),
      unavailable: of(unavailable),
      levels: of(levels),
    }
  })
}

/** Brings removed products back under their own ids, with whatever of their surroundings is still there. */
export async function restoreRemoved(tx: TenantTx, states: readonly string[]): Promise<void> {
  if (states.length === 0) return
  const removed = states.map((state) => JSON.parse(state) as Removed)
  const there = {
    categories: await idsOf(tx.select({ id: categories.id }).from(categories)),
    groups: await idsOf(tx.select({ id: modifierGroups.id }).from(modifierGroups)),
    branches: await idsOf(tx.select({ id: branches.id }).from(branches)),
    files: await idsOf(tx.select({ id: files.id }).from(files)),
  }
  const known = await idsOf(tx.select({ id: products.id }).from(products))
  const back = removed.map((one) => reviveProduct(one, there)).filter(({ product }) => !known.has(product.id))
  for (const { product } of back) {
    await tx.insert(products).values(product)
    known.add(product.id)
  }
  for (const { components, groups, unavailable, levels } of back) {
    const parts = components.filter(({ componentId }) => known.has(componentId))
    if (parts.length > 0) await tx.insert(productComponents).values(parts)
    if (groups.length > 0) await tx.insert(productModifierGroups).values(groups)
    if (unavailable.length > 0) await tx.insert(productUnavailable).values(unavailable)
    if (levels.length > 0) await tx.insert(stockLevels).values(levels)
  }
}

const idsOf = async <T extends number | string>(rows: PromiseLike<{ id: T }[]>) =>
  new Set((await rows).map(({ id }) => id))
