import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import type { Db } from '#src/db/tenant.ts'
import { business, cashSessions, categories, products, registers } from '#src/db/tenant-schema.ts'
import { type Catalogue, type CatalogueProduct, firstScreen } from '#src/till/catalogue.ts'
import { registerLetter, type Till } from '#src/till/till.ts'

/** The page of the till, or null while the wizard has not made a register. */
export async function findTill(db: Db): Promise<Till | null> {
  const [rows, firstProducts, named, loose] = await Promise.all([
    db
      .select({
        id: registers.id,
        name: registers.name,
        catalogueVersion: business.catalogueVersion,
        cashSessionId: cashSessions.id,
      })
      .from(registers)
      .innerJoin(business, eq(business.id, 1))
      .leftJoin(cashSessions, and(eq(cashSessions.registerId, registers.id), eq(cashSessions.openSlot, 1)))
      .orderBy(asc(registers.id)),
    menu(db).limit(firstScreen),
    listMenuCategories(db),
    db
      .select({ id: products.id })
      .from(products)
      .where(and(onSale, isNull(products.categoryId)))
      .limit(1),
  ])
  const [register] = rows
  if (!register) return null
  return {
    register: { id: register.id, name: register.name, letter: registerLetter(0, rows.length) },
    catalogueVersion: register.catalogueVersion,
    hasOpenCashSession: register.cashSessionId !== null,
    categories: withLoose(named, loose.length > 0),
    firstProducts: firstProducts.map(toProduct),
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

/** One product as the till knows it, or null when it is not for sale. */
export async function findCatalogueProduct(db: Db, id: number): Promise<CatalogueProduct | null> {
  const [row] = await menu(db, eq(products.id, id))
  return row ? toProduct(row) : null
}

const onSale = and(eq(products.active, true), eq(products.forSale, true))

function menu(db: Db, only?: SQL) {
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
    })
    .from(products)
    .leftJoin(categories, eq(categories.id, products.categoryId))
    .where(and(onSale, only))
    .orderBy(
      sql`${categories.position} is null`,
      asc(categories.position),
      asc(categories.id),
      asc(products.position),
      asc(products.id),
    )
}

/** A category whose products are all hidden has no place on the rail. */
function listMenuCategories(db: Db) {
  return db
    .selectDistinct({ id: categories.id, name: categories.name, position: categories.position })
    .from(categories)
    .innerJoin(products, and(eq(products.categoryId, categories.id), onSale))
    .orderBy(asc(categories.position), asc(categories.id))
}

/** What has no category is found under «Otros», last. */
function withLoose(named: readonly { id: number; name: string }[], hasLoose: boolean) {
  return [...named.map(({ id, name }) => ({ id, name })), ...(hasLoose ? [{ id: 0, name: 'Otros' }] : [])]
}

type MenuRow = Awaited<ReturnType<typeof menu>>[number]

function toProduct(row: MenuRow): CatalogueProduct {
  return { ...row, categoryId: row.categoryId ?? 0, barcode: row.barcode ?? '', code: row.code ?? '' }
}
