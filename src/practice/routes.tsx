import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import type { TenantEnv } from '#src/http/env.ts'
import { NotFound } from '#src/http/errors.tsx'
import { readJson } from '#src/http/form.ts'
import { idOf } from '#src/http/id.ts'
import { respond } from '#src/http/respond.tsx'
import { chargePractice } from '#src/practice/actions.ts'
import { findPracticeSale } from '#src/practice/queries.ts'
import { answerCharge, answerRefusal } from '#src/sales/answer.tsx'
import { readSale } from '#src/sales/form.ts'
import { businessMark } from '#src/till/catalogue.ts'
import { TicketPaper } from '#views/sales/ticket.tsx'
import { TicketPage } from '#views/sales/ticket-page.tsx'

export const practice = new Hono<TenantEnv>()

practice.post('/pos/practica', async (c) => {
  const { db, tenant, staff, now } = c.var
  const sale = readSale(await readJson(c), businessMark(tenant.uid))
  if (!sale.ok) return answerRefusal(c, sale)
  return answerCharge(c, await chargePractice(db, tenant, staff, sale.body, now))
})

practice.get('/practica/:id{[0-9]+}/ticket', async (c) => {
  const id = idOf(c)
  const sale = await findPracticeSale(c.var.db, { id })
  if (!sale) throw new NotFound()
  return respond(c, {
    page: () => (
      <TicketPage
        shell={c.var.shell}
        ticket={sale.ticket}
        printPath={`/practica/${id}/impresiones`}
        printKey={randomUUID()}
        isRecorded={c.req.query('impresion') !== undefined}
      />
    ),
    partial: () => <TicketPaper ticket={sale.ticket} />,
  })
})
