import { and, eq } from 'drizzle-orm'
import { type Full, withinProducts } from '#src/billing/usage/actions.ts'
import type { TenantDb, TenantTx } from '#src/db/tenant.ts'
import { productComponents, products } from '#src/db/tenant-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { fold } from '#src/lib/text.ts'
import { categoryNamed, type Most, raiseCatalogueVersion } from '#src/products/actions.ts'
import { lockCatalogue, matchableProducts } from '#src/products/queries.ts'
import type { ChosenItem } from './form.ts'
import { chicken, eighthsToThousandths, type Menu, type MenuItem } from './menu.ts'

export type MenuSaved = { ok: true; added: number; priced: number }

/**
 * The ready menu, as ticked. What is already there by its name is not added again: if it is still the
 * menu's own example it takes the new price, otherwise it is left alone.
 */
export function useMenu(
  db: TenantDb,
  menu: Menu,
  chosen: ChosenItem[],
  now: Date,
  most: Most = null,
): Promise<MenuSaved | Full> {
  return inTransaction(db, async (tx): Promise<MenuSaved | Full> => {
    await lockCatalogue(tx)
    return withinProducts(tx, most, () => takeMenu(tx, menu, chosen, now))
  })
}

async function takeMenu(tx: TenantTx, menu: Menu, chosen: ChosenItem[], now: Date): Promise<MenuSaved> {
  const existing = new Map(
    (await matchableProducts(tx)).filter((row) => row.forSale).map((row) => [fold(row.name), row]),
  )
  const wanted = menu.items.flatMap((item, position) => {
    const choice = chosen.find(({ key }) => key === item.key)
    return choice ? [{ ...item, priceCentimos: choice.priceCentimos, position }] : []
  })
  const fresh = wanted.filter((item) => !existing.has(fold(item.name)))
  let priced = 0
  for (const item of wanted) {
    const row = existing.get(fold(item.name))
    if (!row?.fromMenu || row.priceCentimos === item.priceCentimos) continue
    await tx
      .update(products)
      .set({ priceCentimos: item.priceCentimos, updatedAt: now })
      .where(eq(products.id, row.id))
    priced += 1
  }
  if (fresh.length > 0) await add(tx, menu, fresh, now)
  if (fresh.length + priced > 0) await raiseCatalogueVersion(tx)
  return { ok: true, added: fresh.length, priced }
}

type Placed = MenuItem & { position: number }

async function add(tx: TenantTx, menu: Menu, items: Placed[], now: Date): Promise<void> {
  const categoryIds = await categoriesInOrder(tx, menu.categories)
  const stamps = { createdAt: now, updatedAt: now, fromMenu: true }
  const ids = await tx
    .insert(products)
    .values(
      items.map(({ name, priceCentimos, category, position }) => ({
        name,
        priceCentimos,
        categoryId: categoryIds.get(category) ?? null,
        position,
        ...stamps,
      })),
    )
    .$returningId()
  const plates = items.flatMap((item, at) => (item.eighths > 0 ? [{ id: ids[at]!.id, ...item }] : []))
  if (plates.length === 0) return
  const componentId = await stockChicken(tx, stamps)
  await tx.insert(productComponents).values(
    plates.map(({ id, eighths }) => ({
      productId: id,
      componentId,
      quantityThousandths: eighthsToThousandths(eighths),
    })),
  )
}

/**
 * The rail in the menu's order, after the categories that the owner may have made already. The database says
 * which of hers are the same: to its index more names are equal than to us («Bebidas», «BEBÍDAS»).
 */
async function categoriesInOrder(tx: TenantTx, names: readonly string[]): Promise<Map<string, number>> {
  const ids = new Map<string, number>()
  for (const name of names) ids.set(name, await categoryNamed(tx, name))
  return ids
}

/** «Pollo»: counted in eighths, never sold as such. */
async function stockChicken(tx: TenantTx, stamps: { createdAt: Date; updatedAt: Date; fromMenu: boolean }) {
  const own = and(eq(products.name, chicken.name), eq(products.forSale, false))
  const [existing] = await tx.select({ id: products.id }).from(products).where(own)
  if (existing) return existing.id
  const [row] = await tx
    .insert(products)
    .values({
      ...chicken,
      ...stamps,
      priceCentimos: 0,
      tracksStock: true,
      forSale: false,
    })
    .$returningId()
  return row!.id
}
