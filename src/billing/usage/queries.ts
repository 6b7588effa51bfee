import { sql } from 'drizzle-orm'
import {
  isNear,
  type Limited,
  type LimitNote,
  largerPlan,
  limitText,
  nearText,
  type PricedPlan,
  type SizedPlan,
  type Usage,
} from '#src/billing/limits.ts'
import { findOwner } from '#src/billing/lock/queries.ts'
import { listPaidPlans } from '#src/billing/plans/queries.ts'
import type { Admin } from '#src/db/admin.ts'
import type { Db } from '#src/db/tenant.ts'
import { branches, business, products, registers, staff } from '#src/db/tenant-schema.ts'

/** What counts for the plan, in one query: people who work there now, products that are on sale. */
export async function usageOf(db: Db): Promise<Usage> {
  const [row] = await db
    .select({
      branches: counted(sql`(select count(*) from ${branches})`),
      registers: counted(sql`(select count(*) from ${registers})`),
      staff: counted(staffInUse),
      products: counted(productsInUse),
    })
    .from(business)
  return row!
}

/** Hidden products and what is only counted («Pollo») are free. Under `lockCatalogue` where it decides. */
export async function productsUsed(db: Db): Promise<number> {
  const [row] = await db.select({ n: counted(productsInUse) }).from(business)
  return row!.n
}

/** Under `lockCatalogue` where it decides: an invitation takes it too. */
export async function staffUsed(db: Db): Promise<number> {
  const [row] = await db.select({ n: counted(staffInUse) }).from(business)
  return row!.n
}

/** Who is told of a limit; a request's own variables are one. */
export type Asker = {
  db: Db
  tenant: { plan: SizedPlan }
  staff: { role: string }
  services: { databases: { admin: Admin }; config: { supportWhatsapp: string | null } }
}

/** After a refusal: UX.md, section 9, with its way out. */
export async function limitReached(asker: Asker, what: Limited): Promise<LimitNote> {
  const sold = await listPaidPlans(asker.services.databases.admin)
  return noteOf(asker, sold, what, limitText(asker.tenant.plan, sold, what))
}

/** Before it bites. null: no limit, or room enough. */
export async function limitNear(asker: Asker, what: 'products' | 'staff'): Promise<LimitNote | null> {
  const { db, tenant, services } = asker
  if (tenant.plan[what] === null) return null
  const used = await (what === 'products' ? productsUsed(db) : staffUsed(db))
  if (!isNear(tenant.plan[what], used)) return null
  const sold = await listPaidPlans(services.databases.admin)
  const text = nearText(tenant.plan, sold, what, used)
  return text === null ? null : noteOf(asker, sold, what, text)
}

/** Plans are the owner's matter: anybody else is told whom to ask. */
async function noteOf(
  { db, tenant, staff: { role }, services }: Asker,
  sold: readonly PricedPlan[],
  what: Limited,
  text: string,
): Promise<LimitNote> {
  if (role !== 'dueno')
    return { text: `${text} Avísale a ${(await findOwner(db)).name || 'quien es dueño'}.`, way: null }
  if (largerPlan(tenant.plan, sold, what)) return { text, way: { href: '/plan', label: 'Ver planes' } }
  const number = services.config.supportWhatsapp
  return { text, way: number ? { href: `https://wa.me/${number}`, label: 'WhatsApp' } : null }
}

const staffInUse = sql`(select count(*) from ${staff} where ${staff.active})`
const productsInUse = sql`(select count(*) from ${products} where ${products.active} and ${products.forSale})`
const counted = (of: ReturnType<typeof sql>) => of.mapWith(Number)
