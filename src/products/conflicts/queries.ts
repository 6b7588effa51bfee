import { and, eq, gt, ne, type SQL, sql } from 'drizzle-orm'
import type { TenantTx } from '#src/db/tenant.ts'
import { productComponents, products } from '#src/db/tenant-schema.ts'
import { hasFractions } from '#src/stock/queries.ts'
import type { ProductDetails, ProductInput } from '../product.ts'

// What stands in the way of saving a product. All of it under `lockCatalogue`.

/** Whose its code or barcode is already. */
export async function takenBy(tx: TenantTx, { code, barcode }: ProductInput, own: number | null) {
  const others = own === null ? undefined : ne(products.id, own)
  const nameOf = async (match: SQL) =>
    (await tx.select({ name: products.name }).from(products).where(and(match, others)).limit(1))[0]?.name
  const byCode = code === null ? undefined : await nameOf(eq(products.code, code))
  if (byCode !== undefined) return { problem: 'code-taken' as const, takenBy: byCode }
  const byBarcode = barcode === null ? undefined : await nameOf(eq(products.barcode, barcode))
  return byBarcode === undefined ? null : { problem: 'barcode-taken' as const, takenBy: byBarcode }
}

/** A coarser step than the stock, or than what another product takes of it, would lose a part of a chicken. */
export async function unevenStep(
  tx: TenantTx,
  { stepThousandths: step }: Partial<ProductDetails>,
  id: number,
) {
  if (step === undefined || step === 1) return null
  if (await hasFractions(tx, id, step)) return { problem: 'has-fractions' as const, takenBy: '' }
  const [user] = await tx
    .select({ name: products.name })
    .from(productComponents)
    .innerJoin(products, eq(products.id, productComponents.productId))
    .where(
      and(
        eq(productComponents.componentId, id),
        gt(sql`mod(${productComponents.quantityThousandths}, ${step})`, 0),
      ),
    )
    .limit(1)
  return user ? { problem: 'has-fractions' as const, takenBy: user.name } : null
}

/** The second press of a double click: the same product, a moment ago. */
export async function sameMoment(tx: TenantTx, input: ProductInput, now: Date): Promise<number | null> {
  const rows = await tx
    .select()
    .from(products)
    .where(and(eq(products.name, input.name), eq(products.priceCentimos, input.priceCentimos)))
  const twin = rows.find(
    (row) =>
      row.name === input.name &&
      row.code === input.code &&
      row.barcode === input.barcode &&
      now.getTime() - row.createdAt.getTime() < 10_000,
  )
  return twin?.id ?? null
}
