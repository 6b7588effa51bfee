import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { receiveComplaint } from '#src/complaints/actions.ts'
import { auditLog, complaintMails } from '#src/db/admin-schema.ts'
import { ownDatabases } from '../../../tests/support/database.ts'
import { operatorApp } from '../../../tests/support/operator.ts'
import { appWithMail, freshEmail } from '../../../tests/support/person.ts'

// Rosa has written into the Libro de Reclamaciones; Olga answers.

let own: Awaited<ReturnType<typeof ownDatabases>>
let rosita: ReturnType<typeof appWithMail>
let asOlga: Awaited<ReturnType<typeof operatorApp>>
const now = new Date('2026-12-10T15:00:00Z')

beforeAll(async () => {
  own = await ownDatabases()
  rosita = appWithMail(own.databases, { clock: () => now })
  asOlga = await operatorApp(rosita.services)
}, 60_000)
afterAll(() => own.stop())

async function complaintOfRosa(receivedAt = new Date('2026-11-23T15:00:00Z')) {
  const email = freshEmail()
  const received = await receiveComplaint(
    own.databases.admin,
    {
      requestKey: crypto.randomUUID(),
      provider: 'SmartKet',
      content: {
        kind: 'reclamo',
        consumerName: 'Rosa Quispe',
        consumerAddress: 'Lima',
        documentType: 'DNI',
        documentNumber: '45678912',
        phone: '',
        email,
        guardianName: null,
        item: 'servicio',
        itemDescription: 'Plan Local',
        amountCentimos: 6900,
        detail: 'Pagué <b>dos</b> veces.',
        request: 'La devolución.',
      },
    },
    receivedAt,
  )
  if (!received.ok) throw new Error('refused')
  return received.complaint
}

test('an empty desk says so', async () => {
  expect(await (await asOlga('/reclamos')).text()).toContain('Nadie espera una respuesta.')
})

test('Olga sees how many business days are left, and answers once: Rosa has it by mail and on her page', async () => {
  const { id, email, requestKey } = await complaintOfRosa()
  const desk = await (await asOlga('/reclamos')).text()
  expect(desk).toContain('Quedan 4 días hábiles')
  expect(desk).toContain('16 de diciembre de 2026')
  const sheet = await (await asOlga(`/reclamos/${id}`)).text()
  expect(sheet).toContain('Pagué &lt;b&gt;dos&lt;/b&gt; veces.')
  expect(sheet).toContain('Copia al consumidor: todavía no sale el correo')

  const empty = await asOlga(`/reclamos/${id}/respuesta`, { form: { answer: ' ' } })
  expect([empty.status, (await empty.text()).includes('Escribe la respuesta.')]).toEqual([422, true])

  const answer = { answer: 'Te devolvimos S/ 69.00 hoy.' }
  const both = await Promise.all([1, 2].map(() => asOlga(`/reclamos/${id}/respuesta`, { form: answer })))
  expect(both.map(({ status }) => status).toSorted()).toEqual([303, 409])
  const other = await asOlga(`/reclamos/${id}/respuesta`, { form: { answer: 'Otra respuesta.' } })
  expect(other.status).toBe(409)
  expect(await other.text()).toContain('Otra respuesta.')

  const [mail, ...more] = await rosita.mailsTo(email)
  expect(more).toEqual([])
  expect(mail?.text).toContain('Te devolvimos S/ 69.00 hoy.')
  const page = await (await asOlga.app.landing(`/libro-de-reclamaciones/${requestKey}`)).text()
  expect(page).toContain('Te devolvimos S/ 69.00 hoy.')
  expect(page).not.toContain('Otra respuesta.')
  const mails = await own.databases.admin
    .select()
    .from(complaintMails)
    .where(eq(complaintMails.complaintId, id))
  expect(mails).toMatchObject([{ kind: 'answer' }])
  const acts = await own.databases.admin.select().from(auditLog).where(eq(auditLog.act, 'complaint.answered'))
  expect(acts).toMatchObject([{ operatorId: asOlga.olga.id, detail: { complaintId: id } }])
})

test('one that is late says since when; the most urgent stands first', async () => {
  const late = await complaintOfRosa(new Date('2026-11-05T15:00:00Z'))
  const fresh = await complaintOfRosa(now)
  const desk = await (await asOlga('/reclamos')).text()
  expect(desk).toContain('Venció hace 8 días hábiles')
  expect(desk.indexOf(`/reclamos/${late.id}"`)).toBeLessThan(desk.indexOf(`/reclamos/${fresh.id}"`))
})

test.each(['/reclamos/999999', `/reclamos/${'9'.repeat(40)}`])('%s is not there', async (path) => {
  expect((await asOlga(path)).status).toBe(404)
  expect((await asOlga(`${path}/respuesta`, { form: { answer: 'x' } })).status).toBe(404)
})

test.each(['/reclamos', '/embudo', '/ingresos', '/tareas'])('%s opens for no stranger', async (path) => {
  const answer = await asOlga.app.operator(path)
  expect([answer.status, answer.headers.get('Location')]).toEqual([
    303,
    `/ingresar?volver=${encodeURIComponent(path)}`,
  ])
})
