import { Hono } from 'hono'
import type { TenantContext, TenantEnv } from '#src/http/env.ts'
import { NotFound } from '#src/http/errors.tsx'
import { readForm, readJson } from '#src/http/form.ts'
import { idOf } from '#src/http/id.ts'
import { goTo } from '#src/http/respond.tsx'
import { findPracticeSale } from '#src/practice/queries.ts'
import { markFirstPrint, recordPrint } from '#src/prints/actions.ts'
import { printForm } from '#src/prints/form.ts'
import { saleExists } from '#src/prints/queries.ts'

export const prints = new Hono<TenantEnv>()

prints.post('/ventas/:id{[0-9]+}/impresiones', async (c) => {
  const { db, staff, now } = c.var
  const id = idOf(c)
  if (!(await saleExists(db, id))) throw new NotFound()
  const key = await readKey(c)
  if (!key) return answer(c, `/ventas/${id}/ticket`, key, 0)
  return answer(c, `/ventas/${id}/ticket`, key, await recordPrint(db, staff, id, key, now))
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
    : c.json({ ok: false, problem: 'malformed', text: malformed }, 422)
}

const malformed = 'No pudimos anotar la impresión. Vuelve a intentar.'
