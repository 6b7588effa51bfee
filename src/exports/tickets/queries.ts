import { asc, eq, gt, inArray } from 'drizzle-orm'
import type { Db } from '#src/db/tenant.ts'
import {
  branches,
  business,
  products,
  registers,
  saleLines,
  salePayments,
  sales,
  staff,
} from '#src/db/tenant-schema.ts'
import { saleNumber } from '#src/sales/names.ts'
import type { TicketSale, TicketShop } from '#src/sales/ticket.ts'

/** Everything that the papers of these sales say, as `buildTicket` takes it. */
export type TicketSource = { shop: Omit<TicketShop, 'businessName'>; sale: TicketSale }

const salesAtATime = 100

export async function* ticketPages(db: Db): AsyncGenerator<TicketSource[]> {
  for (let after = 0; ; ) {
    const page = await db
      .select({ shop: shopColumns, sale: sales, staffName: staff.name })
      .from(sales)
      .innerJoin(registers, eq(registers.id, sales.registerId))
      .innerJoin(branches, eq(branches.id, registers.branchId))
      .innerJoin(business, eq(business.id, 1))
      .innerJoin(staff, eq(staff.id, sales.staffId))
      .where(gt(sales.id, after))
      .orderBy(asc(sales.id))
      .limit(salesAtATime)
    const last = page.at(-1)
    if (!last) return
    after = last.sale.id
    const parts = await partsOf(
      db,
      page.map(({ sale }) => sale.id),
    )
    yield page.map(({ shop, sale, staffName }) => ({
      shop,
      sale: {
        ...sale,
        number: saleNumber(sale.seriesCode, sale.number),
        staffName,
        lines: parts.lines.get(sale.id) ?? [],
        payments: parts.payments.get(sale.id) ?? [],
      },
    }))
  }
}

const shopColumns = {
  legalName: business.legalName,
  ruc: business.ruc,
  address: business.address,
  branchAddress: branches.address,
  whatsapp: branches.whatsapp,
  paper: registers.paper,
}

async function partsOf(db: Db, ids: number[]) {
  const lines = await db
    .select({
      saleId: saleLines.saleId,
      name: saleLines.name,
      unitPriceCentimos: saleLines.unitPriceCentimos,
      quantityThousandths: saleLines.quantityThousandths,
      totalCentimos: saleLines.totalCentimos,
      stepThousandths: products.stepThousandths,
      unit: products.unit,
    })
    .from(saleLines)
    .innerJoin(products, eq(products.id, saleLines.productId))
    .where(inArray(saleLines.saleId, ids))
    .orderBy(asc(saleLines.saleId), asc(saleLines.position))
  const payments = await db
    .select()
    .from(salePayments)
    .where(inArray(salePayments.saleId, ids))
    .orderBy(asc(salePayments.saleId), asc(salePayments.id))
  return {
    lines: Map.groupBy(lines, (line) => line.saleId),
    payments: Map.groupBy(payments, (row) => row.saleId),
  }
}
