import { and, asc, inArray, isNull, ne, or } from 'drizzle-orm'
import type { TenantTx } from '#src/db/tenant.ts'
import {
  productComponents,
  productModifierGroups,
  products,
  productUnavailable,
  saleLines,
  stockLevels,
  stockMovements,
} from '#src/db/tenant-schema.ts'
import { dropUnused } from '#src/files/actions.ts'
import { slices } from '../slices.ts'
import type { Said } from '../undo/said.ts'
import { rowText, undoTexts } from '../undo/texts.ts'

type New = { position: number; productId: number }

/**
 * The products that an import made go, with its own stock movements. One that was sold, counted, or that another
 * product is made of is hidden instead, and told.
 */
export async function withdrawNew(
  tx: TenantTx,
  { importId, now }: { importId: number; now: Date },
  made: readonly New[],
): Promise<Said[]> {
  const ids = made.map(({ productId }) => productId).sort((a, b) => a - b)
  const names = await lockNames(tx, ids)
  const why = await reasonsToStay(tx, importId, [...names.keys()])
  const hidden = [...why.keys()]
  for (const some of slices(hidden)) {
    await tx.update(products).set({ active: false, updatedAt: now }).where(inArray(products.id, some))
  }
  const going = [...names.keys()].filter((id) => !why.has(id))
  for (const some of slices(going)) {
    await tx.delete(productComponents).where(inArray(productComponents.productId, some))
    for (const table of [productModifierGroups, productUnavailable, stockLevels, stockMovements]) {
      await tx.delete(table).where(inArray(table.productId, some))
    }
  }
  for (const some of slices(going)) {
    const photos = await tx.select({ id: products.photoId }).from(products).where(inArray(products.id, some))
    await tx.delete(products).where(inArray(products.id, some))
    await dropUnused(
      tx,
      photos.map(({ id }) => id),
    )
  }
  return made.flatMap(({ position, productId }) => {
    const reason = why.get(productId)
    const name = names.get(productId)
    if (reason === undefined || name === undefined) return []
    return [{ position, productId, kind: 'new' as const, text: rowText(name, [reason]) }]
  })
}

/** Locked before their sales are looked for, as a sale locks what it sells. */
async function lockNames(tx: TenantTx, ids: readonly number[]): Promise<Map<number, string>> {
  const names = new Map<number, string>()
  for (const some of slices(ids)) {
    const rows = await tx
      .select({ id: products.id, name: products.name })
      .from(products)
      .where(inArray(products.id, some))
      .orderBy(asc(products.id))
      .for('update')
    for (const { id, name } of rows) names.set(id, name)
  }
  return names
}

async function reasonsToStay(
  tx: TenantTx,
  importId: number,
  ids: readonly number[],
): Promise<Map<number, string>> {
  const why = new Map<number, string>()
  const uses: { whole: number; part: number }[] = []
  for (const some of slices(ids)) {
    const moved = await tx
      .selectDistinct({ id: stockMovements.productId })
      .from(stockMovements)
      .where(
        and(
          inArray(stockMovements.productId, some),
          or(isNull(stockMovements.importId), ne(stockMovements.importId, importId)),
        ),
      )
    for (const { id } of moved) why.set(id, undoTexts.moved)
    const sold = await tx
      .selectDistinct({ id: saleLines.productId })
      .from(saleLines)
      .where(inArray(saleLines.productId, some))
    for (const { id } of sold) why.set(id, undoTexts.sold)
    uses.push(
      ...(await tx
        .select({ whole: productComponents.productId, part: productComponents.componentId })
        .from(productComponents)
        .where(inArray(productComponents.componentId, some))),
    )
  }
  const going = new Set(ids.filter((id) => !why.has(id)))
  // A part of what stays stays as well, and so do its own parts.
  for (let before = -1; before !== going.size; ) {
    before = going.size
    for (const { whole, part } of uses) {
      if (going.has(whole) || !going.delete(part)) continue
      why.set(part, undoTexts.needed)
    }
  }
  return why
}
