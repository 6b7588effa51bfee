import { and, asc, eq, exists, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import type { Db } from '#src/db/tenant.ts'
import {
  business,
  cashSessions,
  categories,
  products,
  productUnavailable,
  registers,
} from '#src/db/tenant-schema.ts'
import { type Catalogue, type CatalogueProduct, firstScreen, type SoldOut } from '#src/till/catalogue.ts'
import { registerLetter, type Till } from '#src/till/till.ts'

/** The page of the till, or null while the wizard has not made a register. */
export async function findTill(db: Db): Promise<Till | null> {
  const [rows, favourites, named, loose, soldOut] = await Promise.all([
    db
      .select({
        id: registers.id,
        name: registers.name,
        branchId: registers.branchId,
        catalogueVersion: business.catalogueVersion,
        cashSessionId: cashSessions.id,
      })
      .from(registers)
      .innerJoin(business, eq(business.id, 1))
      .leftJoin(cashSessions, and(eq(cashSessions.registerId, registers.id), eq(cashSessions.openSlot, 1)))
      .orderBy(asc(registers.id)),
    menu(db, isNotNull(products.favouritePosition)),
    listMenuCategories(db),
    db
      .select({ id: products.id })
      .from(products)
      .where(and(onSale, isNull(products.categoryId)))
      .limit(1),
    loadSoldOut(db),
  ])
  const [register] = rows
  if (!register) return null
  const first = favourites.length > 0 ? byPosition(favourites) : await firstOfMenu(db, named)
  const missing = new Set(soldOut.find(([branchId]) => branchId === register.branchId)?.[1])
  return {
    register: {
      id: register.id,
      branchId: register.branchId,
      name: register.name,
      letter: registerLetter(0, rows.length),
    },
    catalogueVersion: register.catalogueVersion,
    hasOpenCashSession: register.cashSessionId !== null,
    categories: withLoose(named, loose.length > 0),
    firstProducts: first.map((row) => ({ ...toProduct(row), isAvailable: !missing.has(row.id) })),
    soldOut,
  }
}

/** Only the version: most requests for a catalogue are answered with it. */
export async function findCatalogueVersion(db: Db): Promise<number> {
  const [row] = await db.select({ version: business.catalogueVersion }).from(business)
  return row?.version ?? 1
}

/** Everything that can be sold, in the menu's order. */
export async function loadCatalogue(db: Db, version: string): Promise<Catalogue> {
  const [rows, named] = await Promise.all([menu(db), listMenuCategories(db)])
  const listed = rows.map(toProduct)
  return {
    version,
    categories: withLoose(
      named,
      listed.some((p) => p.categoryId === 0),
    ),
    products: listed,
  }
}

/** What each branch does not have; the document says it by branch, since every register reads the same one. */
export async function loadSoldOut(db: Db): Promise<SoldOut> {
  const rows = await db.select().from(productUnavailable)
  const byBranch = Map.groupBy(rows, (row) => row.branchId)
  return [...byBranch].map(([branchId, all]) => [branchId, all.map((row) => row.productId)])
}

/** One product as the till knows it, or null when it is not for sale. */
export async function findCatalogueProduct(db: Db, id: number): Promise<CatalogueProduct | null> {
  const [row] = await menu(db, eq(products.id, id))
  return row ? toProduct(row) : null
}

const onSale = and(eq(products.active, true), eq(products.forSale, true))

function menu(db: Db, more?: SQL) {
  return columnsOfMenu(db)
    .leftJoin(categories, eq(categories.id, products.categoryId))
    .where(and(onSale, more))
    .orderBy(
      sql`${categories.position} is null`,
      asc(categories.position),
      asc(categories.id),
      asc(products.position),
      asc(products.id),
    )
}

function columnsOfMenu(db: Db) {
  return db
    .select({
      id: products.id,
      name: products.name,
      categoryId: products.categoryId,
      priceCentimos: products.priceCentimos,
      stepThousandths: products.stepThousandths,
      unit: products.unit,
      affectation: products.affectation,
      barcode: products.barcode,
      code: products.code,
      shortName: products.shortName,
      emoji: products.emoji,
      photoId: products.photoId,
      favouritePosition: products.favouritePosition,
    })
    .from(products)
}

/** Category by category, as an index has them: sorting 20,000 products for thirty would be felt at every opening. */
async function firstOfMenu(db: Db, named: readonly { id: number }[]) {
  const first: MenuRow[] = []
  for (const category of [...named, null]) {
    const own = category ? eq(products.categoryId, category.id) : isNull(products.categoryId)
    const rows = await columnsOfMenu(db)
      .where(and(onSale, own))
      .orderBy(asc(products.position), asc(products.id))
      .limit(firstScreen - first.length)
    first.push(...rows)
    if (first.length >= firstScreen) break
  }
  return first
}

/** A category whose products are all hidden has no place on the rail. */
function listMenuCategories(db: Db) {
  const sold = db
    .select({ id: products.id })
    .from(products)
    .where(and(eq(products.categoryId, categories.id), onSale))
  return db
    .select({ id: categories.id, name: categories.name, position: categories.position })
    .from(categories)
    .where(exists(sold))
    .orderBy(asc(categories.position), asc(categories.id))
}

/** What has no category is found under «Otros», last. */
function withLoose(named: readonly { id: number; name: string }[], hasLoose: boolean) {
  return [...named.map(({ id, name }) => ({ id, name })), ...(hasLoose ? [{ id: 0, name: 'Otros' }] : [])]
}

const byPosition = (rows: readonly MenuRow[]) =>
  rows.toSorted((a, b) => (a.favouritePosition ?? 0) - (b.favouritePosition ?? 0) || a.id - b.id)

type MenuRow = Awaited<ReturnType<typeof menu>>[number]

function toProduct(row: MenuRow): CatalogueProduct {
  return {
    ...row,
    categoryId: row.categoryId ?? 0,
    barcode: row.barcode ?? '',
    code: row.code ?? '',
    shortName: row.shortName ?? '',
    emoji: row.emoji ?? '',
    photoId: row.photoId ?? '',
    isAvailable: true,
  }
}
