import { asc, eq, like, or } from 'drizzle-orm'
import type { Db } from '#src/db/tenant.ts'
import { productComponents, products } from '#src/db/tenant-schema.ts'
import type { Part } from './components.ts'

const partColumns = {
  id: products.id,
  name: products.name,
  stepThousandths: products.stepThousandths,
  unit: products.unit,
  tracksStock: products.tracksStock,
}

export const listComponents = (db: Db, productId: number) =>
  db
    .select({ ...partColumns, quantityThousandths: productComponents.quantityThousandths })
    .from(productComponents)
    .innerJoin(products, eq(products.id, productComponents.componentId))
    .where(eq(productComponents.productId, productId))
    .orderBy(asc(products.name))

export type ComponentRow = Awaited<ReturnType<typeof listComponents>>[number]

export async function allParts(db: Db): Promise<Part[]> {
  const rows = await db
    .select({ productId: productComponents.productId, componentId: productComponents.componentId })
    .from(productComponents)
  return rows.map((row): Part => [row.productId, row.componentId])
}

export async function findPart(db: Db, id: number) {
  const [row] = await db.select(partColumns).from(products).where(eq(products.id, id))
  return row ?? null
}

/** Exactly that name or code if there is one, else up to ten that contain it. */
export async function partsNamed(db: Db, text: string) {
  const exact = await db
    .select(partColumns)
    .from(products)
    .where(or(eq(products.name, text), eq(products.code, text), eq(products.barcode, text)))
    .limit(10)
  if (exact.length > 0) return exact
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`
  return db
    .select(partColumns)
    .from(products)
    .where(like(products.name, pattern))
    .orderBy(asc(products.name))
    .limit(10)
}
