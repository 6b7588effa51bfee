import { Hono } from 'hono'
import { mailInBackground } from '#src/complaints/actions.ts'
import { answerForm } from '#src/complaints/form.ts'
import { findSheet, listAnswered, listOpen, mailsOf } from '#src/complaints/queries.ts'
import { problemText } from '#src/complaints/texts.ts'
import { NotFound } from '#src/http/errors.tsx'
import { type Rejected, readForm } from '#src/http/form.ts'
import { idOf } from '#src/http/id.ts'
import { goTo, respond } from '#src/http/respond.tsx'
import { readId } from '#src/lib/id.ts'
import { limaDate } from '#src/lib/lima.ts'
import type { OperatorContext, OperatorEnv } from '#src/operator/env.ts'
import { DeskPage } from '#views/operator/complaints/desk-page.tsx'
import { DeskSheetPage } from '#views/operator/complaints/desk-sheet-page.tsx'
import { answerAtDesk } from './actions.ts'

/** «Reclamos»: what the law wants answered, the most urgent first. */
export const complaintsDesk = new Hono<OperatorEnv>()
const pageSize = 50

complaintsDesk.get('/reclamos', async (c) => {
  const { admin } = c.var.services.databases
  const after = Math.min(readId(c.req.query('desde')) ?? 0, 1_000_000)
  const [open, found] = await Promise.all([listOpen(admin), listAnswered(admin, pageSize + 1, after)])
  const answered = found.slice(0, pageSize)
  const next = found.length > pageSize ? after + pageSize : null
  const today = limaDate(c.var.now)
  const page = () => (
    <DeskPage operator={c.var.operator} open={open} answered={answered} next={next} today={today} />
  )
  return respond(c, { page })
})

complaintsDesk.get('/reclamos/:id{[0-9]+}', (c) => show(c))

complaintsDesk.post('/reclamos/:id{[0-9]+}/respuesta', async (c) => {
  const { services, operator, now, clientAddress } = c.var
  const form = await readForm(c, answerForm)
  if (!form.ok) return show(c, form)

  const complaintId = idOf(c)
  const given = { complaintId, operatorId: operator.id, answer: form.data.answer, address: clientAddress }
  const answered = await answerAtDesk(services.databases.admin, given, now)
  if (!answered.ok) {
    if (answered.problem === 'not-found') throw new NotFound()
    return show(c, { values: form.values, errors: { form: problemText[answered.problem] } }, 409)
  }
  const { databases, mailer, clock, config } = services
  const post = { admin: databases.admin, mailer, clock, landingOrigin: config.landingOrigin }
  mailInBackground(post, complaintId, 'answer')
  return goTo(c, `/reclamos/${complaintId}`)
})

async function show(c: OperatorContext, rejected?: Rejected, status: 409 | 422 = 422) {
  const { admin } = c.var.services.databases
  const id = idOf(c)
  const [sheet, mails] = await Promise.all([findSheet(admin, id), mailsOf(admin, id)])
  if (!sheet) throw new NotFound()
  const today = limaDate(c.var.now)
  const page = () => (
    <DeskSheetPage operator={c.var.operator} {...sheet} mails={mails} today={today} rejected={rejected} />
  )
  return respond(c, { page }, rejected ? status : 200)
}
