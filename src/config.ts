import { hkdfSync, randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'

/**
 * Reads the environment once, and is the only file that may. A variable that is not set has a value
 * that works on a developer's machine; a variable that is set wrong stops the program with a sentence.
 */
export type Config = {
  port: number
  host: string
  /** Where the private database, the master key and mails without SMTP live. */
  dataFolder: string
  /** null: SmartKet runs a database of its own under `dataFolder`. */
  databaseUrl: string | null
  /** The other database servers by their number, from 2 on: DATABASE_URL_2 and so on. */
  databaseUrls: ReadonlyMap<number, string>
  landingOrigin: string
  appOrigin: string
  operatorOrigin: string
  /** 32 bytes. The pepper of PINs and the operators' secrets derive from it: it stays as it is. */
  masterKey: Buffer
  /** 32 bytes. The passwords of every MySQL account derive from it; the master key until «keys rotate» made another. */
  databaseKey: Buffer
  /** 32 bytes, in no database: without it a four-digit PIN cannot be guessed from its hash. */
  pepper: Buffer
  smtpUrl: string | null
  mailFrom: string
  ruc: { kind: 'decolecta' | 'apisnet' | 'apiperu'; url: string; token: string } | null
  /** Digits with the country's code, as wa.me wants them. */
  supportWhatsapp: string | null
  /** Who answers for this SmartKet, as the law wants it on the landing. */
  company: { legalName: string; ruc: string; address: string | null } | null
  /** Where owners pay by hand. On a developer's machine invented data stand here; null: write to us. */
  payByHand: PayByHand | null
  /** Checkout and subscriptions; null: only by hand. */
  mercadoPago: { accessToken: string; webhookSecret: string; apiUrl: string } | null
  /** Who reads alarms and complaints at the operator's. */
  operatorMail: string | null
  /** Believe X-Forwarded-For: only behind our own proxy. */
  trustProxy: boolean
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
  /** How many databases wait ready for the next sign-ups. */
  spares: number
  /** The businesses that a migration meets first; null: whichever come first. */
  canaries: readonly number[] | null
  /** Who may read `/metrics` from elsewhere; null: this machine alone. */
  metricsToken: string | null
  /** An address outside that is called while all is well; null: none. */
  heartbeatUrl: string | null
  /** Where copies go as well, sealed; null: they stay on this machine. */
  store: StoreConfig | null
}

/** A store of objects, Amazon's S3, Backblaze's B2 or another with the same interface. */
export type StoreConfig = {
  url: string
  bucket: string
  region: string
  keyId: string
  secret: string
  /** Public keys in age's form. Whoever has a private half of one of them reads every copy. */
  recipients: string[]
  /** So many of the newest nights stay in the store, and the newest of so many weeks and months. */
  keep: { daily: number; weekly: number; monthly: number }
}

/** The operator's own accounts, as an owner sees them when she pays. */
export type PayByHand = {
  holder: string
  yape: string | null
  plin: string | null
  /** Bank, number and CCI in one line. */
  bankAccount: string | null
  /** A picture of the Yape QR. */
  qrFile: string | null
  /** Nobody is behind these data: no money may be sent there. */
  isInvented: boolean
}

export type ConfigAnswer = { ok: true; config: Config } | { ok: false; problems: string[] }

/** The environment as a Config, or one sentence for each variable that is wrong. Creates the data folder and key. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): ConfigAnswer {
  const given = withoutEmpty(environment)
  const parsed = variables.safeParse(given)
  if (!parsed.success) return { ok: false, problems: parsed.error.issues.map(sentence) }
  const servers = otherServers(given)
  if (servers.problems.length > 0) return { ok: false, problems: servers.problems }
  const values = parsed.data
  const incomplete = togetherProblems(values)
  if (incomplete.length > 0) return { ok: false, problems: incomplete }
  const dataFolder = resolve(values.SMARTKET_DATA)
  let masterKey: Buffer
  let databaseKey: Buffer
  try {
    mkdirSync(dataFolder, { recursive: true, mode: 0o700 })
    masterKey = values.SMARTKET_MASTER_KEY ?? keptKey(dataFolder)
    databaseKey = rotatedKey(dataFolder) ?? masterKey
  } catch (error) {
    return { ok: false, problems: [`SMARTKET_DATA: ${(error as Error).message}.`] }
  }
  return {
    ok: true,
    config: { ...assemble(values, dataFolder, masterKey), databaseKey, databaseUrls: servers.urls },
  }
}

/** The file descriptor that systemd opened for us, or null: then the port is ours to open. */
export function inheritedSocket(environment: NodeJS.ProcessEnv = process.env): number | null {
  const isForUs = environment.LISTEN_PID === undefined || environment.LISTEN_PID === String(process.pid)
  return environment.LISTEN_FDS === '1' && isForUs ? firstInheritedDescriptor : null
}
const firstInheritedDescriptor = 3

const onOff = { '1': true, true: true, '0': false, false: false } as const

const origin = z.string().refine(isOrigin, 'must be an origin such as https://app.example.pe, without a path')
const webAddress = z
  .string()
  .refine((text) => hasScheme(text, ['http:', 'https:']), 'must be an http(s) address')

const mobile = z
  .string()
  .transform((text) => text.replace(/[\s-]/g, ''))
  .refine((text) => /^9\d{8}$/.test(text), 'must be a mobile number of 9 digits')

const databaseUrlSentence = 'must look like mysql://user:password@host:3306'

const variables = z.object({
  PORT: z
    .string()
    .default('3000')
    .refine((text) => /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535, {
      error: 'must be a number from 1 to 65535',
    })
    .transform(Number),
  SMARTKET_HOST: z.string().default('127.0.0.1'),
  SMARTKET_DATA: z.string().default('var'),
  DATABASE_URL: z.string().refine(isDatabaseUrl, { error: databaseUrlSentence }).optional(),
  SMARTKET_LANDING_ORIGIN: origin.optional(),
  SMARTKET_APP_ORIGIN: origin.optional(),
  SMARTKET_OPERATOR_ORIGIN: origin.optional(),
  SMARTKET_MASTER_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits (openssl rand -hex 32)')
    .transform((text) => Buffer.from(text, 'hex'))
    .optional(),
  SMARTKET_SMTP_URL: z
    .string()
    .refine((text) => hasScheme(text, ['smtp:', 'smtps:']), 'must look like smtps://user:password@host:465')
    .optional(),
  SMARTKET_MAIL_FROM: z
    .string()
    .regex(/^[^@\r\n]+@[^@\s]+$/, 'must be an e-mail address, with or without a name before it')
    .optional(),
  SMARTKET_RUC_PROVIDER: z
    .enum(['decolecta', 'apisnet', 'apiperu'], 'must be decolecta, apisnet or apiperu')
    .optional(),
  SMARTKET_RUC_URL: webAddress.optional(),
  SMARTKET_RUC_TOKEN: z.string().optional(),
  SMARTKET_SUPPORT_WHATSAPP: z
    .string()
    .transform((text) => text.replace(/[\s+-]/g, ''))
    .refine(
      (text) => /^\d{9,15}$/.test(text),
      "must be a number with its country's code, such as 51987654321",
    )
    .optional(),
  SMARTKET_COMPANY_LEGAL_NAME: z.string().optional(),
  SMARTKET_COMPANY_RUC: z
    .string()
    .regex(/^\d{11}$/, 'must be 11 digits')
    .optional(),
  SMARTKET_PAY_HOLDER: z.string().max(80).optional(),
  SMARTKET_PAY_YAPE: mobile.optional(),
  SMARTKET_PAY_PLIN: mobile.optional(),
  SMARTKET_PAY_BANK_ACCOUNT: z.string().max(120).optional(),
  SMARTKET_PAY_YAPE_QR: z.string().optional(),
  SMARTKET_MERCADOPAGO_TOKEN: z.string().optional(),
  SMARTKET_MERCADOPAGO_WEBHOOK_SECRET: z.string().optional(),
  SMARTKET_MERCADOPAGO_URL: webAddress.default('https://api.mercadopago.com'),
  SMARTKET_OPERATOR_MAIL: z
    .string()
    .regex(/^[^@\s]+@[^@\s]+$/, 'must be an e-mail address')
    .optional(),
  SMARTKET_COMPANY_ADDRESS: z.string().max(120).optional(),
  SMARTKET_TRUST_PROXY: z
    .enum(['1', 'true', '0', 'false'], 'must be 1 or 0')
    .default('0')
    .transform((text) => onOff[text]),
  SMARTKET_LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be fatal, error, warn, info, debug, trace or silent',
    )
    .default('info'),
  SMARTKET_SPARES: z
    .string()
    .regex(/^\d{1,3}$/, 'must be a number from 0 to 999')
    .default('3')
    .transform(Number),
  SMARTKET_CANARIES: z
    .string()
    .regex(/^[1-9]\d{0,9}(, *[1-9]\d{0,9})*$/, 'must be numbers of businesses, such as 3,17')
    .transform((text) => text.split(',').map(Number))
    .optional(),
  SMARTKET_METRICS_TOKEN: z.string().min(16, 'must have 16 signs at least').optional(),
  SMARTKET_HEARTBEAT_URL: webAddress.optional(),
  SMARTKET_STORE_URL: webAddress.optional(),
  SMARTKET_STORE_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket')
    .optional(),
  SMARTKET_STORE_REGION: z
    .string()
    .regex(/^[a-z0-9-]+$/, 'must be a region such as us-west-004')
    .optional(),
  SMARTKET_STORE_KEY_ID: z.string().optional(),
  SMARTKET_STORE_SECRET: z.string().optional(),
  SMARTKET_STORE_RECIPIENTS: z
    .string()
    .transform((text) => [...new Set(text.split(',').map((one) => one.trim()))])
    .refine(
      (all) => all.every((one) => /^age1[02-9ac-hj-np-z]{58}$/.test(one)),
      'must be public keys such as age1…, with commas between them (age-keygen makes one); never a private one',
    )
    .optional(),
  SMARTKET_STORE_KEEP: z
    .string()
    .regex(/^[1-9]\d{0,2},\d{1,3},\d{1,3}$/, 'must be days, weeks and months to keep, such as 7,5,12')
    .default('7,5,12')
    .transform((text) => {
      const [daily = 7, weekly = 5, monthly = 12] = text.split(',').map(Number)
      return { daily, weekly, monthly }
    }),
})
type Variables = z.output<typeof variables>

/** Where each provider answers when SMARTKET_RUC_URL does not say otherwise. */
const rucUrls = {
  decolecta: 'https://api.decolecta.com',
  apisnet: 'https://api.apis.net.pe',
  apiperu: 'https://apiperu.dev',
} as const

const originsOf = (values: Variables) => ({
  landing: values.SMARTKET_LANDING_ORIGIN ?? `http://localhost:${values.PORT}`,
  app: values.SMARTKET_APP_ORIGIN ?? `http://app.localhost:${values.PORT}`,
  operator: values.SMARTKET_OPERATOR_ORIGIN ?? `http://operador.localhost:${values.PORT}`,
})

function assemble(
  values: Variables,
  dataFolder: string,
  masterKey: Buffer,
): Omit<Config, 'databaseUrls' | 'databaseKey'> {
  const kind = values.SMARTKET_RUC_PROVIDER
  const origins = originsOf(values)
  const landingOrigin = origins.landing
  return {
    port: values.PORT,
    host: values.SMARTKET_HOST,
    dataFolder,
    databaseUrl: values.DATABASE_URL ?? null,
    landingOrigin,
    appOrigin: origins.app,
    operatorOrigin: origins.operator,
    masterKey,
    pepper: Buffer.from(hkdfSync('sha256', masterKey, Buffer.alloc(0), 'pin-pepper/v1', 32)),
    smtpUrl: values.SMARTKET_SMTP_URL ?? null,
    mailFrom: values.SMARTKET_MAIL_FROM ?? `SmartKet <hola@${new URL(landingOrigin).hostname}>`,
    ruc:
      kind && values.SMARTKET_RUC_TOKEN
        ? { kind, url: values.SMARTKET_RUC_URL ?? rucUrls[kind], token: values.SMARTKET_RUC_TOKEN }
        : null,
    supportWhatsapp: values.SMARTKET_SUPPORT_WHATSAPP ?? null,
    company:
      values.SMARTKET_COMPANY_LEGAL_NAME && values.SMARTKET_COMPANY_RUC
        ? {
            legalName: values.SMARTKET_COMPANY_LEGAL_NAME,
            ruc: values.SMARTKET_COMPANY_RUC,
            address: values.SMARTKET_COMPANY_ADDRESS ?? null,
          }
        : null,
    payByHand: payByHand(values, landingOrigin),
    mercadoPago:
      values.SMARTKET_MERCADOPAGO_TOKEN && values.SMARTKET_MERCADOPAGO_WEBHOOK_SECRET
        ? {
            accessToken: values.SMARTKET_MERCADOPAGO_TOKEN,
            webhookSecret: values.SMARTKET_MERCADOPAGO_WEBHOOK_SECRET,
            apiUrl: values.SMARTKET_MERCADOPAGO_URL,
          }
        : null,
    operatorMail: values.SMARTKET_OPERATOR_MAIL ?? null,
    trustProxy: values.SMARTKET_TRUST_PROXY,
    logLevel: values.SMARTKET_LOG_LEVEL,
    spares: values.SMARTKET_SPARES,
    canaries: values.SMARTKET_CANARIES ?? null,
    metricsToken: values.SMARTKET_METRICS_TOKEN ?? null,
    heartbeatUrl: values.SMARTKET_HEARTBEAT_URL ?? null,
    store: storeOf(values),
  }
}

function storeOf(values: Variables): StoreConfig | null {
  const {
    SMARTKET_STORE_URL: url,
    SMARTKET_STORE_BUCKET: bucket,
    SMARTKET_STORE_REGION: region,
    SMARTKET_STORE_KEY_ID: keyId,
    SMARTKET_STORE_SECRET: secret,
    SMARTKET_STORE_RECIPIENTS: recipients,
    SMARTKET_STORE_KEEP: keep,
  } = values
  if (!url || !bucket || !region || !keyId || !secret || !recipients) return null
  return { url, bucket, region, keyId, secret, recipients, keep }
}

function payByHand(values: Variables, landingOrigin: string): PayByHand | null {
  const [yape, plin, account] = [
    values.SMARTKET_PAY_YAPE,
    values.SMARTKET_PAY_PLIN,
    values.SMARTKET_PAY_BANK_ACCOUNT,
  ]
  if (values.SMARTKET_PAY_HOLDER && (yape || plin || account)) {
    return {
      holder: values.SMARTKET_PAY_HOLDER,
      yape: yape ?? null,
      plin: plin ?? null,
      bankAccount: account ?? null,
      qrFile: values.SMARTKET_PAY_YAPE_QR ?? null,
      isInvented: false,
    }
  }
  if (!/(^|\.)localhost$/.test(new URL(landingOrigin).hostname)) return null
  return {
    holder: 'SmartKet (datos de prueba)',
    yape: '900000001',
    plin: '900000002',
    bankAccount: 'Banco de prueba 000-0000000-0-00',
    qrFile: null,
    isInvented: true,
  }
}

/** DATABASE_URL_2 and so on: how many there are is not known beforehand. */
function otherServers(environment: NodeJS.ProcessEnv): { urls: Map<number, string>; problems: string[] } {
  const urls = new Map<number, string>()
  const problems: string[] = []
  for (const [name, url] of Object.entries(environment)) {
    const suffix = /^DATABASE_URL_(.*)$/.exec(name)?.[1]
    if (suffix === undefined || url === undefined) continue
    if (!/^([2-9]|[1-9]\d{1,3})$/.test(suffix))
      problems.push(
        `${name} must end in the number of a database server from 2 on; the first is DATABASE_URL.`,
      )
    else if (!isDatabaseUrl(url)) problems.push(`${name} ${databaseUrlSentence}.`)
    else urls.set(Number(suffix), url)
  }
  return { urls, problems }
}

const storeVariables = [
  'SMARTKET_STORE_URL',
  'SMARTKET_STORE_BUCKET',
  'SMARTKET_STORE_REGION',
  'SMARTKET_STORE_KEY_ID',
  'SMARTKET_STORE_SECRET',
  'SMARTKET_STORE_RECIPIENTS',
] as const

/** Variables that mean something only together. */
function togetherProblems(values: Variables): string[] {
  const problems: string[] = []
  if (values.SMARTKET_RUC_PROVIDER && !values.SMARTKET_RUC_TOKEN)
    problems.push('SMARTKET_RUC_TOKEN must be set with SMARTKET_RUC_PROVIDER.')
  if (!values.SMARTKET_RUC_PROVIDER && (values.SMARTKET_RUC_TOKEN || values.SMARTKET_RUC_URL)) {
    problems.push('SMARTKET_RUC_PROVIDER must be set with SMARTKET_RUC_TOKEN and SMARTKET_RUC_URL.')
  }
  const accounts = [values.SMARTKET_PAY_YAPE, values.SMARTKET_PAY_PLIN, values.SMARTKET_PAY_BANK_ACCOUNT]
  if (Boolean(values.SMARTKET_PAY_HOLDER) !== accounts.some(Boolean)) {
    problems.push(
      'SMARTKET_PAY_HOLDER must be set together with SMARTKET_PAY_YAPE, SMARTKET_PAY_PLIN or SMARTKET_PAY_BANK_ACCOUNT.',
    )
  }
  if (Boolean(values.SMARTKET_MERCADOPAGO_TOKEN) !== Boolean(values.SMARTKET_MERCADOPAGO_WEBHOOK_SECRET)) {
    problems.push('SMARTKET_MERCADOPAGO_TOKEN and SMARTKET_MERCADOPAGO_WEBHOOK_SECRET must be set together.')
  }
  const { landing, app, operator } = originsOf(values)
  if (new Set([landing, app, operator].map((address) => new URL(address).host)).size < 3) {
    problems.push(
      'SMARTKET_LANDING_ORIGIN, SMARTKET_APP_ORIGIN and SMARTKET_OPERATOR_ORIGIN must be three different hosts.',
    )
  }
  const missing = storeVariables.filter((name) => !values[name])
  if (missing.length > 0 && missing.length < storeVariables.length)
    problems.push(`${missing.join(', ')} must be set too, for copies to go to the store.`)
  if (Boolean(values.SMARTKET_COMPANY_RUC) !== Boolean(values.SMARTKET_COMPANY_LEGAL_NAME)) {
    problems.push('SMARTKET_COMPANY_LEGAL_NAME and SMARTKET_COMPANY_RUC must be set together.')
  }
  return problems
}

/** The installation's own key, made once. Linking a finished file: two first starts agree on one key. */
function keptKey(dataFolder: string): Buffer {
  const path = join(dataFolder, 'master.key')
  const draft = `${path}.${process.pid}`
  try {
    return readKey(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  try {
    writeFileSync(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 })
    linkSync(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
  return readKey(path)
}

/** Made by «smartket keys rotate»; null while there was no rotation. */
function rotatedKey(dataFolder: string): Buffer | null {
  try {
    return readKey(join(dataFolder, databaseKeyFile))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
export const databaseKeyFile = 'database.key'

function readKey(path: string): Buffer {
  const text = readFileSync(path, 'utf8').trim()
  // A damaged key must never be replaced in silence: every account's password derives from it.
  if (!/^[0-9a-f]{64}$/i.test(text)) throw new Error(`${path} does not hold 64 hexadecimal digits`)
  return Buffer.from(text, 'hex')
}

function sentence(issue: z.core.$ZodIssue): string {
  return `${issue.path.join('.')} ${issue.message}.`
}

/** `PORT= ./scripts/start` means «not set». */
function withoutEmpty(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
}

function hasScheme(text: string, schemes: readonly string[]): boolean {
  return URL.canParse(text) && schemes.includes(new URL(text).protocol)
}

function isDatabaseUrl(text: string): boolean {
  return hasScheme(text, ['mysql:', 'mariadb:']) && new URL(text).username !== ''
}

function isOrigin(text: string): boolean {
  return hasScheme(text, ['http:', 'https:']) && new URL(text).origin === text
}
