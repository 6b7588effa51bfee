import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { TenantContext, TenantEnv } from '#src/http/env.ts'
import { NotFound } from '#src/http/errors.tsx'
import { readForm, readJson } from '#src/http/form.ts'
import { idOf } from '#src/http/id.ts'
import { goTo } from '#src/http/respond.tsx'
import { findPracticeSale } from '#src/practice/queries.ts'
import { markFirstPrint, recordPrint } from '#src/prints/actions.ts'
import { printForm } from '#src/prints/form.ts'
import { saleExists } from '#src/prints/queries.ts'
import { printTexts } from '#src/prints/texts.ts'

export const prints = new Hono<TenantEnv>()

prints.post('/ventas/:id{[0-9]+}/impresiones', async (c) => {
  const { db, staff, now } = c.var
  const id = idOf(c)
  if (!(await saleExists(db, id))) throw new NotFound()
  const key = await readKey(c)
  if (!key) return answer(c, `/ventas/${id}/ticket`, key, 0)
  const printed = await recordPrint(db, staff, id, key, now)
  if (!printed.ok) return refuse(c, printed.problem)
  return answer(c, `/ventas/${id}/ticket`, key, printed.prints)
})

/** Practice has no ledger of prints: its paper says already that it is worth nothing. */
prints.post('/practica/:id{[0-9]+}/impresiones', async (c) => {
  const { db, now } = c.var
  const id = idOf(c)
  if (!(await findPracticeSale(db, { id }))) throw new NotFound()
  const key = await readKey(c)
  if (key) await markFirstPrint(db, now)
  return answer(c, `/practica/${id}/ticket`, key, 1)
})

const isJson = (c: TenantContext) => c.req.header('Content-Type')?.startsWith('application/json') ?? false

async function readKey(c: TenantContext): Promise<string | undefined> {
  if (isJson(c)) return printForm.safeParse(await readJson(c)).data?.requestKey
  const form = await readForm(c, printForm)
  return form.ok ? form.data.requestKey : undefined
}

/** Without JavaScript the ticket's page comes back, ready to be printed by hand. */
function answer(c: TenantContext, ticketPath: string, key: string | undefined, count: number) {
  if (!isJson(c)) return goTo(c, key ? `${ticketPath}?impresion=${key}` : ticketPath)
  return key
    ? c.json({ ok: true, prints: count })
    : c.json({ ok: false, problem: 'malformed', text: printTexts.malformed }, 422)
}

/** Only a page that was kept from another ticket sends this; without JavaScript the calm page says to go back. */
function refuse(c: TenantContext, problem: 'request-key-reused') {
  if (!isJson(c)) throw new HTTPException(409)
  return c.json({ ok: false, problem, text: printTexts[problem] }, 409)
}
