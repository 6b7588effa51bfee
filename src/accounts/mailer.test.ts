import { once } from 'node:events'
import { mkdtemp, readdir, readFile, stat } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, expect, test } from 'vitest'
import { createMailer, type Mail, mailerOver } from '#src/accounts/mailer.ts'
import { recoveryMail, welcomeMail } from '#src/accounts/mails.tsx'

const token = 'q'.repeat(43)
const link = `https://app.smartket.example/recuperar/${token}`
const mail = recoveryMail('rosa@example.com', { link })

/** A log to read afterwards. */
function notebook() {
  const lines: string[] = []
  return { lines, log: pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) }) }
}

const folder = () => mkdtemp(join(tmpdir(), 'sk-mail-'))
const config = (dataFolder: string, smtpUrl: string | null = null) => ({
  smtpUrl,
  mailFrom: 'SmartKet <hola@smartket.example>',
  dataFolder,
})

test('without SMTP a mail is a file to open, and the log says where but not what', async () => {
  const dataFolder = await folder()
  const { lines, log } = notebook()
  const mailer = createMailer(config(dataFolder), { log })
  mailer.send('recovery', async () => mail)
  await mailer.settled()
  const [file = ''] = await readdir(join(dataFolder, 'mail'))
  expect(file).toMatch(/-recovery-\w+\.eml$/)
  const path = join(dataFolder, 'mail', file)
  const text = await readFile(path, 'utf8')
  expect(text).toContain('To: rosa@example.com')
  expect(text).toMatch(/Subject: .*Recupera/)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect(lines.join('')).toContain(file)
  expect(lines.join('')).not.toContain(token)
})

test('nobody to write to: no file, no line', async () => {
  const dataFolder = await folder()
  const { lines, log } = notebook()
  const mailer = createMailer(config(dataFolder), { log })
  mailer.send('recovery', async () => null)
  await mailer.settled()
  expect(await readdir(dataFolder)).toEqual([])
  expect(lines).toEqual([])
})

test('a mail that fails is tried again until it goes out', async () => {
  const { log } = notebook()
  const sent: Mail[] = []
  let tries = 0
  const mailer = mailerOver(
    async (mail) => {
      if (++tries < 3) throw new Error('try later')
      sent.push(mail)
    },
    { log, waits: [0, 0, 0] },
  )
  mailer.send('recovery', async () => mail)
  await mailer.settled()
  expect(sent).toEqual([mail])
})

test('what cannot be sent is an error in the log with its kind: no link, no address', async () => {
  const { lines, log } = notebook()
  const mailer = mailerOver(
    async () => {
      throw Object.assign(new Error('550 <rosa@example.com> unknown'), {
        code: 'EENVELOPE',
        responseCode: 550,
      })
    },
    { log, waits: [0] },
  )
  mailer.send('recovery', async () => mail)
  await mailer.settled()
  const last = JSON.parse(lines.at(-1) ?? '{}')
  expect(last).toMatchObject({ level: 50, kind: 'recovery', code: 'EENVELOPE', responseCode: 550 })
  expect(lines.join('')).not.toMatch(/rosa@example|qqqq/)
})

test('a mail that could not even be prepared is logged and harms nobody', async () => {
  const { lines, log } = notebook()
  const mailer = mailerOver(async () => {}, { log, waits: [] })
  mailer.send('welcome', async () => {
    throw new Error('the database is away')
  })
  await mailer.settled()
  expect(lines.at(-1)).toContain('the database is away')
})

test('both halves of a mail carry the link, and a name of the shop is only text', () => {
  const welcome = welcomeMail('rosa@example.com', { businessName: '<script>Rosita</script>', link })
  expect(welcome.text).toContain(link)
  expect(welcome.html).toContain(`href="${link}"`)
  expect(welcome.html).not.toContain('<script>')
})

let smtp: Server | undefined
afterEach(() => {
  smtp?.close()
})

test('by SMTP the mail arrives as it was written', async () => {
  const received: string[] = []
  smtp = createServer((socket) => {
    let inData = false
    socket.write('220 test\r\n')
    socket.on('data', (chunk) => {
      const text = chunk.toString()
      received.push(text)
      if (inData) {
        if (!text.endsWith('\r\n.\r\n')) return
        inData = false
        return socket.write('250 ok\r\n')
      }
      for (const line of text.split('\r\n').filter(Boolean)) {
        if (line === 'DATA') inData = true
        socket.write(inData ? '354 go\r\n' : line === 'QUIT' ? '221 bye\r\n' : '250 ok\r\n')
      }
    })
  }).listen(0, '127.0.0.1')
  await once(smtp, 'listening')
  const address = smtp.address()
  const port = typeof address === 'object' ? address?.port : 0
  const { lines, log } = notebook()
  const mailer = createMailer(config(await folder(), `smtp://127.0.0.1:${port}`), { log })
  mailer.send('recovery', async () => mail)
  await mailer.settled()
  expect(lines).toEqual([])
  expect(received.join('')).toContain('RCPT TO:<rosa@example.com>')
  expect(received.join('')).toContain('From: SmartKet <hola@smartket.example>')
})
