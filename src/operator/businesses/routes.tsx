import { Hono } from 'hono'
import { NotFound } from '#src/http/errors.tsx'
import { readForm } from '#src/http/form.ts'
import { idOf } from '#src/http/id.ts'
import { goTo, respond } from '#src/http/respond.tsx'
import {
  changePlan,
  extendTenant,
  type OperatorAct,
  reactivateTenant,
  reopenTenant,
  suspendTenant,
} from '#src/tenants/actions.ts'
import { BusinessList } from '#views/operator/businesses/_list.tsx'
import { BusinessListPage } from '#views/operator/businesses/list-page.tsx'
import type { OperatorContext, OperatorEnv } from '../env.ts'
import { requireTotp } from '../session.tsx'
import { extendForm, plainForm, planForm } from './form.ts'
import { findBusiness, listBusinesses, listPlans } from './queries.ts'
import { type BusinessSearch, businessPath, find, readListing, readSearch } from './search.ts'
import { showBusiness } from './show-business.tsx'
import { extendTexts, planTexts, stateTexts } from './texts.ts'

/** Every business: found, looked at, and acted upon. */
export const businesses = new Hono<OperatorEnv>()

businesses.get('/negocios', async (c) => {
  const { services, operator, now } = c.var
  const { admin } = services.databases
  const search = readSearch(c.req.query())
  const [all, plans] = await Promise.all([listBusinesses(admin, now), listPlans(admin)])
  const list = { found: find(all, search, now), search, now }
  return respond(c, {
    page: () => <BusinessListPage operator={operator} plans={plans} {...list} />,
    partial: () => <BusinessList {...list} />,
  })
})

businesses.get('/negocios/:id{[0-9]+}', (c) => showBusiness(c, idOf(c), readSearch(c.req.query())))

businesses.post('/negocios/:id{[0-9]+}/dias', async (c) => {
  const id = await known(c)
  const form = await readForm(c, extendForm)
  if (!form.ok) return showBusiness(c, id, listed(form.values), { doing: 'dias', ...form })
  const { dias, desde, lista } = form.data
  const act = { ...actOf(c, id, form.data.motivo), days: dias, from: desde ?? new Date(0) }
  const done = await extendTenant(c.var.services.databases.admin, act, c.var.now)
  if (done.ok) return goTo(c, donePath(id, lista, 'dias'))
  return showBusiness(c, id, lista, refused('dias', form.values, extendTexts[done.problem]))
})

const plainActs = {
  pausa: suspendTenant,
  reactivacion: reactivateTenant,
  reapertura: reopenTenant,
} as const

businesses.post('/negocios/:id{[0-9]+}/:acto{pausa|reactivacion|reapertura}', async (c) => {
  const id = await known(c)
  const doing = c.req.param('acto') as keyof typeof plainActs
  const form = await readForm(c, plainForm)
  if (!form.ok) return showBusiness(c, id, listed(form.values), { doing, ...form })
  const { motivo, lista } = form.data
  const done = await plainActs[doing](c.var.services.databases.admin, actOf(c, id, motivo), c.var.now)
  if (done.ok) return goTo(c, donePath(id, lista, doing))
  return showBusiness(c, id, lista, refused(doing, form.values, stateTexts[done.problem]))
})

businesses.post('/negocios/:id{[0-9]+}/plan', async (c) => {
  const { admin } = c.var.services.databases
  const id = await known(c)
  const form = await readForm(c, planForm)
  if (!form.ok) return showBusiness(c, id, listed(form.values), { doing: 'plan', ...form })
  const { plan, hasta, antesPlan, antesHasta, lista, motivo } = form.data
  const from = { plan: antesPlan, paidUntil: antesHasta }
  const change = { ...actOf(c, id, motivo), plan, paidUntil: hasta ?? antesHasta, from }
  // Refused before the code is asked: a code is good once.
  const possible = await changePlan(admin, { ...change, isRehearsal: true }, c.var.now)
  if (!possible.ok)
    return showBusiness(c, id, lista, refused('plan', form.values, planTexts[possible.problem]))
  if (!possible.isRepeat) {
    const asked = await requireTotp(c, 'Cambiar el plan')
    if (asked) return asked
    const done = await changePlan(admin, change, c.var.now)
    if (!done.ok) return showBusiness(c, id, lista, refused('plan', form.values, planTexts[done.problem]))
  }
  return goTo(c, donePath(id, lista, 'plan'))
})

/** Before anything is read: what is no living business is not found, whatever the form says. */
async function known(c: OperatorContext): Promise<number> {
  const id = idOf(c)
  const business = await findBusiness(c.var.services.databases.admin, id, c.var.now)
  if (!business?.account) throw new NotFound()
  return id
}

const actOf = (c: OperatorContext, tenantId: number, reason: string): OperatorAct => ({
  tenantId,
  operatorId: c.var.operator.id,
  reason,
  address: c.var.clientAddress,
})

const listed = (values: Record<string, string>) => readListing(values.lista ?? '')

function donePath(id: number, search: BusinessSearch, what: string) {
  const path = businessPath(id, search)
  return `${path}${path.includes('?') ? '&' : '?'}hecho=${what}`
}

function refused<Doing extends string>(doing: Doing, values: Record<string, string>, text: string) {
  return { doing, values, errors: { form: text } }
}
