import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { lockOf } from '#src/billing/account.ts'
import type { TenantDb } from '#src/db/tenant.ts'
import type { TenantEnv } from '#src/http/env.ts'
import { NotFound } from '#src/http/errors.tsx'
import { readJson } from '#src/http/form.ts'
import { idOf } from '#src/http/id.ts'
import { respond } from '#src/http/respond.tsx'
import { printsOf } from '#src/prints/queries.ts'
import { dayCounts, dayTotals } from '#src/reports/queries.ts'
import { charge } from '#src/sales/actions.ts'
import { answerCharge, answerRefusal } from '#src/sales/answer.tsx'
import { readSale } from '#src/sales/form.ts'
import { dayOf, groupByDay } from '#src/sales/list.ts'
import { findTicket, type ListedSale, listSales } from '#src/sales/queries.ts'
import { businessMark } from '#src/till/catalogue.ts'
import { SalesPage } from '#views/sales/sales-page.tsx'
import { TicketPaper } from '#views/sales/ticket.tsx'
import { TicketPage } from '#views/sales/ticket-page.tsx'

export const sales = new Hono<TenantEnv>()
const pageSize = 50

sales.post('/pos/ventas', async (c) => {
  const { db, tenant, staff, now, account } = c.var
  const sale = readSale(await readJson(c), businessMark(tenant.uid))
  if (!sale.ok) return answerRefusal(c, sale)
  return answerCharge(c, await charge(db, tenant, staff, sale.body, now, lockOf(account)))
})

sales.get('/ventas', async (c) => {
  const { db, shell, now } = c.var
  const before = /^\d{1,10}$/.exec(c.req.query('antes') ?? '')?.[0]
  const found = await listSales(db, pageSize + 1, before === undefined ? undefined : Number(before))
  const listed = found.slice(0, pageSize)
  const [newest, oldest] = [listed[0], listed.at(-1)]
  const days = newest && oldest ? await loadDays(db, listed, [dayOf(oldest).from, dayOf(newest).to], now) : []
  const next = found.length > pageSize ? oldest?.id : undefined
  return respond(c, {
    page: () => <SalesPage shell={shell} days={days} nextBefore={next} isFirstPage={before === undefined} />,
  })
})

sales.get('/ventas/:id{[0-9]+}/ticket', async (c) => {
  const { db, tenant, shell } = c.var
  const id = idOf(c)
  const ticket = await findTicket(db, tenant.businessName, id)
  if (!ticket) throw new NotFound()
  const printing = c.req.query('impresion')
  const isCopy = (await printsOf(db, id, printing)) > 0
  return respond(c, {
    page: () => (
      <TicketPage
        shell={shell}
        ticket={ticket}
        copy={isCopy}
        printPath={`/ventas/${id}/impresiones`}
        printKey={randomUUID()}
        isRecorded={printing !== undefined}
      />
    ),
    partial: () => <TicketPaper ticket={ticket} copy={isCopy} />,
  })
})

async function loadDays(db: TenantDb, listed: ListedSale[], [from, to]: [Date, Date], now: Date) {
  return groupByDay(listed, await dayTotals(db, from, to), await dayCounts(db, from, to), now)
}
