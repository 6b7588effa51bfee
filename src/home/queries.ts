import { sql } from 'drizzle-orm'
import type { Db } from '#src/db/tenant.ts'
import { business, cashSessions, products, sales, staff } from '#src/db/tenant-schema.ts'
import type { Progress, Setup } from '#src/home/checklist.ts'
import { firstBranch, firstRegister, loadBusiness } from '#src/onboarding/queries.ts'
import { countProducts } from '#src/products/queries.ts'

/** What the wizard wrote. */
export async function loadSetup(db: Db): Promise<Omit<Setup, 'businessName'>> {
  const [shop, branch, register, howMany] = await Promise.all([
    loadBusiness(db),
    firstBranch(db),
    firstRegister(db),
    countProducts(db),
  ])
  return {
    ruc: shop.ruc,
    branch: [branch?.name, branch?.address].filter(Boolean).join(', '),
    register: register?.name ?? '',
    series: register?.series ?? '',
    products: howMany,
  }
}

/** What the first-sale checklist asks, in one row; each count stops being exact where it no longer matters. */
export async function loadProgress(db: Db): Promise<Progress & { hasOpenSession: boolean }> {
  const [row] = await db
    .select({
      firstPracticeSaleAt: business.firstPracticeSaleAt,
      firstPrintAt: business.firstPrintAt,
      products: sql`exists (select 1 from ${products} where active and for_sale)`.mapWith(Number),
      colleagues: sql`exists (select 1 from ${staff} where active and id <> 1)`.mapWith(Number),
      salesMade: sql`exists (select 1 from ${sales})`.mapWith(Number),
      hasOpenSession: sql`exists (select 1 from ${cashSessions} where open_slot = 1)`.mapWith(Boolean),
    })
    .from(business)
  if (!row) throw new Error('a business without its row')
  return row
}
