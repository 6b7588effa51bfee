import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Mail, Mailer } from '#src/accounts/mailer.ts'
import { complaintMails, complaints } from '#src/db/admin-schema.ts'
import { ownDatabases } from '../../tests/support/database.ts'
import { appWithMail, freshEmail } from '../../tests/support/person.ts'
import { mailAgain, mailSheet, receiveComplaint } from './actions.ts'
import type { ComplaintContent } from './complaint.ts'
import { findComplaintByKey } from './queries.ts'

// Rosa has paid for a plan and is not content. The book is one for all: it has a database of this file's own.

let own: Awaited<ReturnType<typeof ownDatabases>>
let rosita: ReturnType<typeof appWithMail>
let addresses = 0

beforeAll(async () => {
  own = await ownDatabases()
  rosita = appWithMail(own.databases)
}, 60_000)
afterAll(() => own.stop())

const admin = () => own.databases.admin
const path = '/libro-de-reclamaciones'

const typed = (over: Record<string, string> = {}) => ({
  request_key: crypto.randomUUID(),
  kind: 'reclamo',
  consumer_name: 'Rosa Quispe Mamani',
  document_type: 'DNI',
  document_number: '45678912',
  consumer_address: 'Av. Grau 123, Lima',
  phone: '987 654 321',
  email: freshEmail(),
  guardian_name: '',
  item: 'servicio',
  item_description: 'Plan Local',
  amount: 'S/ 69.00',
  detail: 'Pagué dos veces.\r\nEl mismo día.',
  request: 'Que me devuelvan un pago.',
  ...over,
})

const send = (form: Record<string, string>, address = `10.9.0.${++addresses}`) =>
  rosita.app.landing(path, { form, headers: { 'X-Forwarded-For': address } })

const content = (over: Partial<ComplaintContent> = {}): ComplaintContent => ({
  kind: 'queja',
  consumerName: 'Rosa',
  consumerAddress: 'Lima',
  documentType: 'DNI',
  documentNumber: '45678912',
  phone: '',
  email: 'rosa@example.com',
  guardianName: null,
  item: 'servicio',
  itemDescription: 'Plan',
  amountCentimos: null,
  detail: 'x',
  request: 'y',
  ...over,
})

const receive = (now: Date, requestKey: string = crypto.randomUUID(), over?: Partial<ComplaintContent>) =>
  receiveComplaint(admin(), { requestKey, content: content(over), provider: 'SmartKet' }, now)

describe('Rosa writes into the Libro de Reclamaciones', () => {
  test('she gets a number, her copy by mail at once, and a page that only she can find', async () => {
    const form = typed()
    const sent = await send(form)
    expect(sent.status).toBe(303)
    expect(sent.headers.get('Location')).toBe(`${path}/${form.request_key}`)
    expect(sent.headers.getSetCookie()).toEqual([])

    const row = await findComplaintByKey(admin(), form.request_key)
    const number = `${row?.year}-${String(row?.number).padStart(6, '0')}`
    const [mail] = await rosita.mailsTo(form.email)
    for (const said of [number, 'Pagué dos veces.', 'S/\u00a069.00', 'INDECOPI', form.request_key]) {
      expect(mail?.text).toContain(said)
    }
    expect(await admin().select().from(complaintMails)).toMatchObject([
      { complaintId: row?.id, kind: 'copy' },
    ])

    const page = await (await rosita.app.landing(`${path}/${form.request_key}`)).text()
    for (const said of [number, 'Rosa Quispe Mamani', '45678912', 'Pagué dos veces.', 'noindex']) {
      expect(page).toContain(said)
    }
    for (const guess of [number, String(row?.number), crypto.randomUUID()]) {
      expect((await rosita.app.landing(`${path}/${guess}`)).status).toBe(404)
    }
  })

  test('pressed twice at once it is one sheet and one mail', async () => {
    const form = typed()
    const answers = await Promise.all([send(form), send(form), send(form)])
    expect(answers.map((answer) => answer.status)).toEqual([303, 303, 303])
    expect(await rosita.mailsTo(form.email)).toHaveLength(1)
  })

  test('everything that is wrong is said at once, the document too', async () => {
    const answer = await send({ ...typed(), document_number: '123', consumer_name: '', phone: '' })
    expect(answer.status).toBe(422)
    const page = await answer.text()
    expect(page.match(/aria-invalid="true"/g)).toHaveLength(3)
  })

  test('sent again with other words it changes nothing, and says so', async () => {
    const form = typed()
    await send(form)
    const again = await send({ ...form, detail: 'Otra cosa.' })
    expect(again.status).toBe(409)
    const page = await again.text()
    expect(page).toContain('ya se registró con otros datos')
    expect(page).toContain('Otra cosa.')
    expect(page).not.toContain(form.request_key)
    expect((await findComplaintByKey(admin(), form.request_key))?.detail).toBe(
      'Pagué dos veces.\nEl mismo día.',
    )
  })

  test.each([
    ['kind', 'venganza', 'Elige reclamo o queja.'],
    ['consumer_name', ' ', 'Escribe tu nombre y apellidos.'],
    ['document_number', '123', 'El DNI tiene 8 números.'],
    ['email', 'rosa', 'Escribe tu correo completo'],
    ['amount', 'mucho', 'Escribe un monto'],
    ['detail', '', 'Cuéntanos qué pasó.'],
    ['request', 'y'.repeat(2_001), 'Usa como máximo 2,000 letras.'],
    ['request_key', 'x', 'No pudimos leer el formulario.'],
  ])('%s wrong: the same form comes back with what she typed', async (field, value, sentence) => {
    const answer = await send(typed({ consumer_address: 'Jr. Puno 7', [field]: value }))
    expect(answer.status).toBe(422)
    const page = await answer.text()
    expect(page).toContain(sentence)
    expect(page).toContain('Jr. Puno 7')
    expect(page).not.toContain('value="x"')
  })

  test('what is no form, or far too long, is refused and not a failure of ours', async () => {
    const empty = await rosita.app.landing(path, { body: '{', headers: { 'Content-Type': 'text/plain' } })
    expect(empty.status).toBe(422)
    expect((await send(typed({ detail: 'x'.repeat(2_000_000) }))).status).toBe(413)
  })

  test('another site cannot write in her name', async () => {
    const answer = await rosita.app.landing(path, {
      form: typed(),
      headers: { Origin: 'https://otro.example' },
    })
    expect(answer.status).toBe(403)
  })

  test('a flood from one address, or to one e-mail, is told to wait and loses no word', async () => {
    const address = '10.8.0.1'
    let last = await send(typed(), address)
    for (let n = 0; n < 20; n++) last = await send(typed({ detail: 'inundación' }), address)
    expect(last.status).toBe(429)
    expect(last.headers.get('Retry-After')).toMatch(/^\d+$/)
    expect(await last.text()).toContain('inundación')

    const email = freshEmail()
    const statuses = []
    for (let n = 0; n < 6; n++) statuses.push((await send(typed({ email }))).status)
    expect(statuses).toEqual([303, 303, 303, 303, 303, 429])
  })

  test('two people who open the form never get the same key, and nobody keeps the page', async () => {
    const pages = await Promise.all([rosita.app.landing(path), rosita.app.landing(path)])
    const keys = await Promise.all(
      pages.map(async (page) => /name="request_key" value="([^"]+)"/.exec(await page.text())?.[1]),
    )
    expect(new Set(keys).size).toBe(2)
    expect(pages[0]?.headers.get('Cache-Control')).toContain('no-store')
  })
})

describe('the numbers', () => {
  test('of a year that nobody has written in yet have no gap and no repetition, whoever comes at once', async () => {
    const inLima2031 = new Date('2031-06-01T15:00:00Z')
    const received = await Promise.all(Array.from({ length: 24 }, () => receive(inLima2031)))
    const numbers = received.map((answer) => (answer.ok ? answer.complaint.number : 0))
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 24 }, (_, n) => n + 1))
  })

  test('the year ends at midnight in Lima', async () => {
    const before = await receive(new Date('2033-01-01T04:59:59Z'))
    const after = await receive(new Date('2033-01-01T05:00:00Z'))
    expect([before, after]).toMatchObject([
      { complaint: { year: 2032, number: 1, answerBy: '2033-01-21' } },
      { complaint: { year: 2033, number: 1 } },
    ])
  })

  test('a refused second sending takes no number', async () => {
    const now = new Date('2034-03-01T15:00:00Z')
    const key = crypto.randomUUID()
    await receive(now, key)
    expect(await receive(now, key, { detail: 'otra' })).toMatchObject({ ok: false, problem: 'other-content' })
    expect(await receive(now)).toMatchObject({ complaint: { number: 2 } })
  })
})

describe('a mail that was not taken', () => {
  test('is tried again by the job until it is, and not once more', async () => {
    const now = new Date()
    const received = await receive(new Date(now.getTime() - 10 * 60_000), crypto.randomUUID(), {
      email: 'cocina@example.com',
    })
    if (!received.ok) throw new Error('refused')
    const taken: Mail[] = []
    let isDown = true
    const mailer: Mailer = {
      send: () => {},
      settled: async () => {},
      async deliver(mail) {
        if (isDown) throw new Error('the mail service does not answer')
        taken.push(mail)
      },
    }
    const post = { admin: admin(), mailer, clock: () => now, landingOrigin: 'http://localhost:3000' }
    await expect(mailSheet(post, received.complaint.id, 'copy')).rejects.toThrow('does not answer')
    await expect(mailAgain(post, now)).rejects.toThrow('were not taken')
    isDown = false
    await mailAgain(post, now)
    await mailAgain(post, now)
    expect(taken.filter((mail) => mail.to === 'cocina@example.com')).toHaveLength(1)
    const rows = await admin()
      .select()
      .from(complaintMails)
      .where(eq(complaintMails.complaintId, received.complaint.id))
    expect(rows).toHaveLength(1)
  })
})

test('no line of our code edits or deletes what stands in the book', () => {
  const root = join(import.meta.dirname, '..')
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.tsx?$/.test(file),
  )
  const guilty = sources.filter((file) =>
    /\.(update|delete)\(\s*(complaints|complaintAnswers|complaintMails)\b/.test(
      readFileSync(join(root, file), 'utf8'),
    ),
  )
  expect(sources.length).toBeGreaterThan(100)
  expect(guilty).toEqual([])
  expect(complaints.requestKey.notNull).toBe(true)
})
