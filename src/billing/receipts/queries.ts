import type { Db } from '#src/db/tenant.ts'
import { business } from '#src/db/tenant-schema.ts'

/** What the business told about itself in the wizard: the factura begins with it. */
export async function loadFiscal(db: Db) {
  const { ruc, legalName, address } = business
  const [row] = await db.select({ ruc, legalName, address }).from(business)
  return row ?? { ruc: null, legalName: null, address: null }
}
