import { Hono } from 'hono'
import { NotFound } from '#src/http/errors.tsx'
import { type Rejected, readForm } from '#src/http/form.ts'
import { goTo, respond } from '#src/http/respond.tsx'
import { PlanListPage } from '#views/operator/plans/list-page.tsx'
import { PlanPage } from '#views/operator/plans/plan-page.tsx'
import { listPlans } from '../businesses/queries.ts'
import type { OperatorContext, OperatorEnv } from '../env.ts'
import { requireTotp } from '../session.tsx'
import { editPlan, type PlanChange } from './actions.ts'
import { editForm, type PlanEdit } from './form.ts'
import { countByPlan, findPlanRow } from './queries.ts'
import { planTableTexts } from './texts.ts'

/** The plans are rows: what they cost, how large they are, and whether they are sold. */
export const planTable = new Hono<OperatorEnv>()

planTable.get('/planes', async (c) => {
  const { services, operator } = c.var
  const { admin } = services.databases
  const [plans, counts] = await Promise.all([listPlans(admin), countByPlan(admin)])
  const props = { operator, plans, counts, saved: c.req.query('guardado') ?? null }
  return respond(c, { page: () => <PlanListPage {...props} /> })
})

planTable.get('/planes/:code{[A-Z_]+}', (c) => show(c))

planTable.post('/planes/:code{[A-Z_]+}', async (c) => {
  const { admin } = c.var.services.databases
  const plan = await load(c)
  const form = await readForm<PlanEdit, OperatorEnv>(c, editForm[plan.kind])
  if (!form.ok) return show(c, form)
  const change: PlanChange = {
    ...form.data,
    code: plan.code,
    operatorId: c.var.operator.id,
    address: c.var.clientAddress,
  }
  const refuse = (problem: keyof typeof planTableTexts) =>
    show(c, { values: form.values, errors: { form: planTableTexts[problem] } })
  // Refused before the code is asked: a code is good once.
  const possible = await editPlan(admin, { ...change, isRehearsal: true }, c.var.now)
  if (!possible.ok) return refuse(possible.problem)
  if (!possible.isRepeat) {
    const asked = await requireTotp(c, `Cambiar ${plan.name}`)
    if (asked) return asked
    const done = await editPlan(admin, change, c.var.now)
    if (!done.ok) return refuse(done.problem)
  }
  return goTo(c, `/planes?guardado=${plan.code}`)
})

async function load(c: OperatorContext) {
  const plan = await findPlanRow(c.var.services.databases.admin, c.req.param('code') ?? '')
  if (!plan) throw new NotFound()
  return plan
}

async function show(c: OperatorContext, rejected: Rejected | null = null) {
  const plan = await load(c)
  const counts = await countByPlan(c.var.services.databases.admin)
  const props = { operator: c.var.operator, plan, users: counts.get(plan.code) ?? 0, rejected }
  return respond(c, { page: () => <PlanPage {...props} /> }, rejected ? 422 : 200)
}
