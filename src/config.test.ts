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
    canaries: null,
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

test('the other database servers are known by their number', () => {
  expect(read().databaseUrls.size).toBe(0)
  const { databaseUrls } = read({
    DATABASE_URL_2: 'mysql://root@second',
    DATABASE_URL_13: 'mysql://root@more',
  })
  expect([...databaseUrls]).toEqual([
    [2, 'mysql://root@second'],
    [13, 'mysql://root@more'],
  ])
})

test.each(['1', '0', '02', 'x', ''])('DATABASE_URL_%s is no number of another server', (suffix) => {
  expect(problems({ [`DATABASE_URL_${suffix}`]: 'mysql://root@second' })).toEqual([
    `DATABASE_URL_${suffix} must end in the number of a database server from 2 on; the first is DATABASE_URL.`,
  ])
})

test('the address of another server must be one', () => {
  expect(problems({ DATABASE_URL_2: 'second' })).toEqual([
    'DATABASE_URL_2 must look like mysql://user:password@host:3306.',
  ])
})

const storeVariables = {
  SMARTKET_STORE_URL: 'https://s3.us-west-004.backblazeb2.com',
  SMARTKET_STORE_BUCKET: 'copias-rosita',
  SMARTKET_STORE_REGION: 'us-west-004',
  SMARTKET_STORE_KEY_ID: '004abc',
  SMARTKET_STORE_SECRET: 'K004abc',
  SMARTKET_STORE_RECIPIENTS: `age1${'q'.repeat(58)}, age1${'p'.repeat(58)}`,
}

test('copies go to a store when all of it is told, for two people to open', () => {
  expect(read().store).toBeNull()
  expect(read(storeVariables).store).toEqual({
    url: 'https://s3.us-west-004.backblazeb2.com',
    bucket: 'copias-rosita',
    region: 'us-west-004',
    keyId: '004abc',
    secret: 'K004abc',
    recipients: [`age1${'q'.repeat(58)}`, `age1${'p'.repeat(58)}`],
    keep: { daily: 7, weekly: 5, monthly: 12 },
  })
  expect(read({ ...storeVariables, SMARTKET_STORE_KEEP: '3,0,24' }).store?.keep).toEqual({
    daily: 3,
    weekly: 0,
    monthly: 24,
  })
})

test('half a store, a private key where a public one belongs, and keeping nothing are refused', () => {
  const { SMARTKET_STORE_SECRET: _, SMARTKET_STORE_RECIPIENTS: __, ...half } = storeVariables
  expect(problems(half)).toEqual([
    'SMARTKET_STORE_SECRET, SMARTKET_STORE_RECIPIENTS must be set too, for copies to go to the store.',
  ])
  const secret = 'AGE-SECRET-KEY-1QQQQ'
  const [problem = ''] = problems({ ...storeVariables, SMARTKET_STORE_RECIPIENTS: secret })
  expect(problem).toContain('SMARTKET_STORE_RECIPIENTS must be public keys')
  expect(problem).not.toContain(secret)
  expect(problems({ ...storeVariables, SMARTKET_STORE_KEEP: '0,5,12' })).toHaveLength(1)
  expect(problems({ ...storeVariables, SMARTKET_STORE_BUCKET: 'Mi Bucket' })).toHaveLength(1)
})
