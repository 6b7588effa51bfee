import { inArray, max, sql } from 'drizzle-orm'
import type { TenantDb, TenantTx } from '#src/db/tenant.ts'
import { products } from '#src/db/tenant-schema.ts'
import { errnoOf, inTransaction } from '#src/db/transaction.ts'
import { fold } from '#src/lib/text.ts'
import { categoryNamed, raiseCatalogueVersion } from '#src/products/actions.ts'
import type { ProductInput } from '#src/products/product.ts'
import { lockCatalogue, matchableProducts } from '#src/products/queries.ts'
import { fileLimits, type Imported, type ImportPlan, planImport } from './import.ts'
import { type Parsed, parseFile } from './parser.ts'
import { fileTexts } from './texts.ts'

export type FileImported =
  | ({ ok: true } & Imported)
  /** One sentence about the file, or up to 20 about its cells; `wrong` counts them all. */
  | { ok: false; reasons: string[]; wrong: number }

/** From the bytes to the shelves: read and checked outside any transaction, written in one. */
export async function importFile(db: TenantDb, bytes: Uint8Array | null, now: Date): Promise<FileImported> {
  if (!bytes) return { ok: false, reasons: [fileTexts.missing(0)], wrong: 1 }
  if (bytes.length > fileLimits.bytes) return { ok: false, reasons: [fileTexts['too-large'](0)], wrong: 1 }
  const parsed: Parsed = await parseFile(bytes)
  if (parsed.ok) return importProducts(db, parsed.products, now).catch(refuseTwins)
  if ('reasons' in parsed) return parsed
  return { ok: false, reasons: [fileTexts[parsed.problem](parsed.rows)], wrong: 1 }
}

/** Codes that the database holds for one and we for two: «ñ1» and «n1». Rolled back, and said. */
function refuseTwins(error: unknown): FileImported {
  if (errnoOf(error) !== duplicateEntry) throw error
  return { ok: false, reasons: [fileTexts.twins(0)], wrong: 1 }
}

const duplicateEntry = 1062

/** All rows or none. The same list again changes nothing. */
export function importProducts(
  db: TenantDb,
  rows: ProductInput[],
  now: Date,
): Promise<{ ok: true } & Imported> {
  return inTransaction(db, async (tx) => {
    await lockCatalogue(tx)
    const { added, priced } = planImport(await matchableProducts(tx), rows)
    await insertAll(tx, added, now)
    await changePrices(tx, priced, now)
    if (added.length + priced.length > 0) await raiseCatalogueVersion(tx)
    return { ok: true as const, added: added.length, priced: priced.length }
  })
}

/** What one statement carries: 500 rows stay far below the server's packet. */
const rowsAtOnce = 500

async function insertAll(tx: TenantTx, rows: ProductInput[], now: Date): Promise<void> {
  const categoryIds = new Map<string, number>()
  for (const { category } of rows) {
    if (category === null || categoryIds.has(fold(category))) continue
    categoryIds.set(fold(category), await categoryNamed(tx, category))
  }
  const [last] = await tx.select({ position: max(products.position) }).from(products)
  const first = (last?.position ?? -1) + 1
  const values = rows.map(({ category, ...columns }, at) => ({
    ...columns,
    categoryId: category === null ? null : (categoryIds.get(fold(category)) ?? null),
    position: first + at,
    createdAt: now,
    updatedAt: now,
  }))
  for (let at = 0; at < values.length; at += rowsAtOnce) {
    await tx.insert(products).values(values.slice(at, at + rowsAtOnce))
  }
}

async function changePrices(tx: TenantTx, priced: ImportPlan['priced'], now: Date): Promise<void> {
  for (let at = 0; at < priced.length; at += rowsAtOnce) {
    const some = priced.slice(at, at + rowsAtOnce)
    const cases = some.map(({ id, priceCentimos }) => sql`when ${id} then ${priceCentimos}`)
    await tx
      .update(products)
      .set({
        priceCentimos: sql`case ${products.id} ${sql.join(cases, sql` `)} end`,
        fromMenu: false,
        updatedAt: now,
      })
      .where(
        inArray(
          products.id,
          some.map(({ id }) => id),
        ),
      )
  }
}
