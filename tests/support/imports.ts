import { asc } from 'drizzle-orm'
import type { TenantDb } from '#src/db/tenant.ts'
import { categories, products, productUnavailable, stockLevels } from '#src/db/tenant-schema.ts'
import { createImport, startSaving } from '#src/imports/actions.ts'
import type { RawSheet } from '#src/imports/cells.ts'
import { guessMapping } from '#src/imports/mapping.ts'
import { findImport } from '#src/imports/queries.ts'

export const headings = [
  'Nombre',
  'Precio',
  'Categoría',
  'Código',
  'Código de barras',
  'Stock',
  'Costo',
  'Unidad',
  'IGV',
  'Presentación',
  'Favorito',
  'Disponible',
]

export type SheetCell = string | number | null

/** A sheet as it comes out of a file: the titles in row 1. */
export function sheet(rows: readonly SheetCell[][], titles: readonly string[] = headings): RawSheet {
  return {
    name: 'Precios',
    rows: [titles, ...rows].map((cells, at) => ({
      number: at + 1,
      cells: cells.map((value) =>
        value === null
          ? null
          : {
              text: String(value),
              kind: typeof value === 'number' ? ('number' as const) : ('text' as const),
            },
      ),
    })),
  }
}

/** For tests nothing goes wrong in the background without being seen. */
export const background = {
  clock: () => new Date(),
  report: (error: unknown) => {
    throw error
  },
}

export async function upload(
  db: TenantDb,
  rows: readonly SheetCell[][],
  titles?: readonly string[],
): Promise<number> {
  const sheets = [sheet(rows, titles)]
  const read = { sheets, mapping: guessMapping(sheets) }
  const made = await createImport(db, { id: 1 }, 'precios.xlsx', read, new Date())
  if (!made.ok) throw new Error(`not planned: ${made.problem}`)
  return made.id
}

export async function save(db: TenantDb, id: number) {
  const started = await startSaving(db, id, background)
  if (!started.ok) throw new Error(`not saved: ${started.problem}`)
  await started.finished
  return (await findImport(db, id, new Date()))!
}

/** Everything that an import may touch, but for when. */
export async function shelves(db: TenantDb) {
  const rows = await db.select().from(products).orderBy(asc(products.id))
  return {
    products: rows.map(({ updatedAt: _, ...row }) => row),
    categories: await db.select().from(categories).orderBy(asc(categories.id)),
    levels: await db
      .select()
      .from(stockLevels)
      .orderBy(asc(stockLevels.branchId), asc(stockLevels.productId)),
    unavailable: await db.select().from(productUnavailable).orderBy(asc(productUnavailable.productId)),
  }
}
