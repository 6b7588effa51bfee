import { and, asc, count, desc, eq, exists, inArray, like, or, type SQL, sql } from 'drizzle-orm'
import type { Db } from '#src/db/tenant.ts'
import { categories, products, productUnavailable } from '#src/db/tenant-schema.ts'
import { limits, type ProductRow } from '../product.ts'
import { rowColumns, stockSum } from '../queries.ts'
import type { ProductSearch, Sort, State } from '../search.ts'

/** One page: how many there are, which 50, and only of those everything that the table shows. */
export async function searchProducts(db: Db, search: ProductSearch) {
  const found = matching(db, search)
  const offset = (search.page - 1) * limits.pageSize
  const [[total], ids] = await Promise.all([
    db.select({ n: count() }).from(products).where(found),
    db
      .select({ id: products.id })
      .from(products)
      .leftJoin(categories, eq(categories.id, products.categoryId))
      .where(found)
      .orderBy(...orderOf(search))
      .limit(limits.pageSize)
      .offset(offset),
  ])
  return {
    total: total?.n ?? 0,
    rows: await rowsOf(
      db,
      ids.map(({ id }) => id),
    ),
  }
}

async function rowsOf(db: Db, ids: readonly number[]): Promise<ProductRow[]> {
  if (ids.length === 0) return []
  const rows = await db
    .select(rowColumns)
    .from(products)
    .leftJoin(categories, eq(categories.id, products.categoryId))
    .where(inArray(products.id, [...ids]))
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** Every word in the name, in any order, or the whole code; hidden ones too unless the state says otherwise. */
export function matching(db: Db, { text, categoryId, state }: ProductSearch): SQL | undefined {
  const words = text.split(/\s+/).filter(Boolean).slice(0, 8)
  return and(
    eq(products.forSale, state !== 'contados'),
    categoryId === null ? undefined : eq(products.categoryId, categoryId),
    stateIs(db, state),
    words.length === 0
      ? undefined
      : or(
          and(...words.map((word) => like(products.name, `%${escapeLike(word)}%`))),
          eq(products.barcode, text),
          eq(products.code, text),
        ),
  )
}

const escapeLike = (text: string) => text.replace(/[\\%_]/g, '\\$&')

function stateIs(db: Db, state: State): SQL | undefined {
  const missing = db
    .select({ id: productUnavailable.productId })
    .from(productUnavailable)
    .where(eq(productUnavailable.productId, products.id))
  const conditions: Record<State, SQL | undefined> = {
    '': undefined,
    contados: undefined,
    venta: eq(products.active, true),
    ocultos: eq(products.active, false),
    'sin-stock': and(eq(products.tracksStock, true), sql`${stockSum} <= 0`),
    agotados: exists(missing),
  }
  return conditions[state]
}

function orderOf({ sort, descending }: ProductSearch): SQL[] {
  const way = descending ? desc : asc
  const inMenu = [sql`${categories.position} is null`, asc(categories.position), asc(products.position)]
  const margin = sql`(${products.priceCentimos} - ${products.costCentimos}) / ${products.priceCentimos}`
  const stock = sql`if(${products.tracksStock}, ${stockSum}, null)`
  const orders: Record<Sort, SQL[]> = {
    menu: inMenu,
    nombre: [way(products.name)],
    precio: [way(products.priceCentimos)],
    categoria: [sql`${categories.name} is null`, way(categories.name), asc(products.name)],
    // What has none is last, whichever way one looks.
    stock: [sql`${stock} is null`, way(stock)],
    margen: [sql`${margin} is null`, way(margin)],
  }
  return [...orders[sort], sort === 'nombre' || sort === 'precio' ? way(products.id) : asc(products.id)]
}
