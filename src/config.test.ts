import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { inheritedSocket, readConfig } from '#src/config.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'smartket-config-'))
})
afterEach(() => {
  chmodSync(folder, 0o700)
  rmSync(folder, { recursive: true })
})

const read = (variables: Record<string, string> = {}) => {
  const answer = readConfig({ SMARTKET_DATA: join(folder, 'var'), ...variables })
  if (!answer.ok) throw new Error(answer.problems.join(' '))
  return answer.config
}
const problems = (variables: Record<string, string>) => {
  const answer = readConfig({ SMARTKET_DATA: join(folder, 'var'), ...variables })
  return answer.ok ? [] : answer.problems
}

test('with nothing set, everything works on one machine', () => {
  expect(read()).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    databaseUrl: null,
    landingOrigin: 'http://localhost:3000',
    appOrigin: 'http://app.localhost:3000',
    operatorOrigin: 'http://operador.localhost:3000',
    smtpUrl: null,
    ruc: null,
    company: null,
    trustProxy: false,
    spares: 3,
  })
})

test('another port moves the three addresses with it', () => {
  expect(read({ PORT: '4100' })).toMatchObject({
    port: 4100,
    landingOrigin: 'http://localhost:4100',
    appOrigin: 'http://app.localhost:4100',
    operatorOrigin: 'http://operador.localhost:4100',
  })
})

test('the key is made once, for its owner only, and the next start reads the same', () => {
  const first = read()
  const path = join(folder, 'var', 'master.key')
  expect(first.masterKey).toHaveLength(32)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(statSync(join(folder, 'var')).mode & 0o777).toBe(0o700)
  expect(read().masterKey.equals(first.masterKey)).toBe(true)
  expect(readFileSync(path, 'utf8').trim()).toBe(first.masterKey.toString('hex'))
})

test('the pepper follows the key and is not the key', () => {
  const one = read({ SMARTKET_MASTER_KEY: '1'.repeat(64) })
  const two = read({ SMARTKET_MASTER_KEY: '2'.repeat(64) })
  expect(one.pepper).toHaveLength(32)
  expect(one.pepper.equals(two.pepper)).toBe(false)
  expect(one.pepper.equals(one.masterKey)).toBe(false)
})

test('a damaged key stops the program instead of being replaced', () => {
  read()
  writeFileSync(join(folder, 'var', 'master.key'), 'half')
  expect(problems({})[0]).toMatch(/master\.key does not hold 64 hexadecimal digits/)
  expect(readFileSync(join(folder, 'var', 'master.key'), 'utf8')).toBe('half')
})

test.each([
  ['PORT', 'abc', 'PORT must be a number from 1 to 65535.'],
  ['PORT', '0', 'PORT must be a number from 1 to 65535.'],
  ['PORT', '70000', 'PORT must be a number from 1 to 65535.'],
  ['DATABASE_URL', 'postgres://a@b', 'DATABASE_URL must look like mysql://user:password@host:3306.'],
  ['DATABASE_URL', 'mysql://host', 'DATABASE_URL must look like mysql://user:password@host:3306.'],
  [
    'SMARTKET_APP_ORIGIN',
    'https://app.example.pe/',
    'SMARTKET_APP_ORIGIN must be an origin such as https://app.example.pe, without a path.',
  ],
  [
    'SMARTKET_OPERATOR_ORIGIN',
    'http://app.localhost:3000',
    'SMARTKET_LANDING_ORIGIN, SMARTKET_APP_ORIGIN and SMARTKET_OPERATOR_ORIGIN must be three different hosts.',
  ],
  ['SMARTKET_MASTER_KEY', 'abc', 'SMARTKET_MASTER_KEY must be 64 hexadecimal digits (openssl rand -hex 32).'],
  [
    'SMARTKET_SMTP_URL',
    'mail.example.pe',
    'SMARTKET_SMTP_URL must look like smtps://user:password@host:465.',
  ],
  ['SMARTKET_RUC_PROVIDER', 'otro', 'SMARTKET_RUC_PROVIDER must be decolecta, apisnet or apiperu.'],
  ['SMARTKET_RUC_PROVIDER', 'decolecta', 'SMARTKET_RUC_TOKEN must be set with SMARTKET_RUC_PROVIDER.'],
  [
    'SMARTKET_COMPANY_RUC',
    '20601234567',
    'SMARTKET_COMPANY_LEGAL_NAME and SMARTKET_COMPANY_RUC must be set together.',
  ],
  ['SMARTKET_TRUST_PROXY', 'yes', 'SMARTKET_TRUST_PROXY must be 1 or 0.'],
  ['SMARTKET_SPARES', '-1', 'SMARTKET_SPARES must be a number from 0 to 999.'],
])('%s=%s is refused with one sentence', (name, value, said) => {
  expect(problems({ [name]: value })).toEqual([said])
})

test('each wrong variable has its own sentence', () => {
  expect(problems({ PORT: 'x', SMARTKET_TRUST_PROXY: 'y', SMARTKET_SMTP_URL: 'z' })).toHaveLength(3)
})

test('an empty variable is a variable that is not set', () => {
  expect(read({ PORT: '', DATABASE_URL: '', SMARTKET_SMTP_URL: '' })).toMatchObject({
    port: 3000,
    databaseUrl: null,
  })
})

test('a number for WhatsApp is kept as wa.me wants it', () => {
  expect(read({ SMARTKET_SUPPORT_WHATSAPP: '+51 987 654 321' }).supportWhatsapp).toBe('51987654321')
})

test('a socket opened by systemd is taken, one meant for another process is not', () => {
  expect(inheritedSocket({ LISTEN_FDS: '1', LISTEN_PID: String(process.pid) })).toBe(3)
  expect(inheritedSocket({ LISTEN_FDS: '1', LISTEN_PID: '1' })).toBeNull()
  expect(inheritedSocket({})).toBeNull()
})
