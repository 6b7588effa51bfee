import { Hono } from 'hono'
import { NotFound } from '#src/http/errors.tsx'
import { readForm } from '#src/http/form.ts'
import { goTo, respond } from '#src/http/respond.tsx'
import { HoyPage } from '#views/operator/hoy/hoy-page.tsx'
import { listBusinesses } from '../businesses/queries.ts'
import type { OperatorContext, OperatorEnv } from '../env.ts'
import { markDone, unmark } from './actions.ts'
import { markForm } from './form.ts'
import { declaredPayments, listMarks, marksOfToday } from './queries.ts'
import { queues } from './queues.ts'
import { type Mark, markKey, waitingIn } from './waiting.ts'

/** What the console opens on: whom to write to today. */
export const hoy = new Hono<OperatorEnv>()

hoy.get('/', async (c) => {
  const { services, operator, now } = c.var
  const { admin } = services.databases
  const [businesses, payments, marks, done] = await Promise.all([
    listBusinesses(admin, now),
    declaredPayments(admin),
    listMarks(admin),
    marksOfToday(admin, now),
  ])
  const waiting = waitingIn({ businesses, payments, marks, operatorName: operator.name }, now)
  const whole = queues.find((queue) => queue === c.req.query('cola')) ?? null
  const justDone = done.find((mark) => markKey(mark) === c.req.query('hecho')) ?? null
  const uncovered = businesses.filter(({ isUncovered }) => isUncovered)
  const props = { operator, waiting, uncovered, whole, done, justDone, now }
  return respond(c, { page: () => <HoyPage {...props} /> })
})

hoy.post('/hoy/hechos', async (c) => {
  const mark = await readMark(c)
  const { admin } = c.var.services.databases
  if (!(await markDone(admin, mark, c.var.operator.id, c.var.now)).ok) throw new NotFound()
  return goTo(c, `/?hecho=${encodeURIComponent(markKey(mark))}#${mark.queue}`)
})

hoy.post('/hoy/hechos/deshechos', async (c) => {
  const mark = await readMark(c)
  await unmark(c.var.services.databases.admin, mark)
  return goTo(c, `/#${mark.queue}`)
})

/** Nobody types these fields: what is no mark is a page that does not exist. */
async function readMark(c: OperatorContext): Promise<Mark> {
  const form = await readForm(c, markForm)
  if (!form.ok) throw new NotFound()
  return { tenantId: form.data.negocio, queue: form.data.cola, about: form.data.motivo }
}
