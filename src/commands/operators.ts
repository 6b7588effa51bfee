import { isEmail, normalizeEmail } from '#src/accounts/email.ts'
import { passwordProblem } from '#src/accounts/passwords/password.ts'
import type { Config } from '#src/config.ts'
import type { Proofs } from '#src/operator/people/actions.ts'
import { type Answer, type Opened, Refusal, withDatabases } from '#src/process.ts'
import { askPassword } from './ask-password.ts'

// The people of the operator. Whoever reaches this machine's command line may make one: there is no other way.

export async function createOperator(
  typed: string,
  options: { name: string; passwordStdin?: boolean },
): Promise<Answer> {
  const email = emailOrRefuse(typed)
  const name = options.name.normalize('NFC').trim()
  if (name.length === 0 || name.length > 80) throw new Refusal('--name takes 1 to 80 characters.', 2)
  const password = await passwordOrRefuse(email, options)
  return withDatabases(async (opened) => {
    const { createOperator } = await import('#src/operator/people/actions.ts')
    const services = await servicesFor(opened)
    const made = await createOperator(services, { name, email, password }, services.clock())
    if (!made.ok) throw new Refusal(`${email} is an operator already: smartket operators list`)
    return shownOnce(opened.config, email, made)
  })
}

export function resetTotp(typed: string): Promise<Answer> {
  const email = emailOrRefuse(typed)
  return withDatabases(async (opened) => {
    const { resetTotp } = await import('#src/operator/people/actions.ts')
    const services = await servicesFor(opened)
    const made = await resetTotp(services, email, services.clock())
    if (!made.ok) throw unknown(email)
    return shownOnce(opened.config, email, made)
  })
}

export async function resetPassword(typed: string, options: { passwordStdin?: boolean }): Promise<Answer> {
  const email = emailOrRefuse(typed)
  const password = await passwordOrRefuse(email, options)
  return withDatabases(async (opened) => {
    const { resetPassword } = await import('#src/operator/people/actions.ts')
    const services = await servicesFor(opened)
    const done = await resetPassword(services, { email, password }, services.clock())
    if (!done.ok) throw new Refusal(`No operator has ${email}: smartket operators list`)
    return {
      data: { email, active: true },
      text: `${email} has a new password, and is signed out everywhere.`,
    }
  })
}

export function disableOperator(typed: string): Promise<Answer> {
  const email = emailOrRefuse(typed)
  return withDatabases(async ({ databases }) => {
    const { disableOperator } = await import('#src/operator/people/actions.ts')
    const disabled = await disableOperator(databases.admin, email, new Date())
    if (!disabled.ok) throw unknown(email)
    return { data: { email, active: false }, text: `${email} can no longer sign in, and is signed out.` }
  })
}

export function listOperators(): Promise<Answer> {
  return withDatabases(async ({ databases }) => {
    const { listOperators } = await import('#src/operator/queries.ts')
    const people = await listOperators(databases.admin)
    const lines = people.map(
      ({ id, email, name, active, codesLeft }) =>
        `${String(id).padStart(4)}  ${active ? 'active  ' : 'disabled'}  ${email.padEnd(32)}  ${name}  (${codesLeft} recovery codes left)`,
    )
    const none = 'There is none yet: smartket operators create EMAIL --name NAME'
    return { data: people, text: lines.join('\n') || none }
  })
}

const passwordText: Record<NonNullable<ReturnType<typeof passwordProblem>>, string> = {
  'too-short': 'The password needs at least 8 characters.',
  'too-long': 'The password may have 200 characters at most.',
  'too-easy': 'That password is too easy to guess: add a word or two.',
}

const unknown = (email: string) => new Refusal(`No active operator has ${email}: smartket operators list`)

async function passwordOrRefuse(email: string, options: { passwordStdin?: boolean }): Promise<string> {
  const password = await askPassword({ stdin: options.passwordStdin ?? false })
  const problem = passwordProblem(password, { email })
  if (problem) throw new Refusal(passwordText[problem])
  return password
}

function emailOrRefuse(typed: string): string {
  const email = normalizeEmail(typed)
  if (!isEmail(email)) throw new Refusal(`«${typed}» is not an e-mail address.`, 2)
  return email
}

async function servicesFor({ config, databases }: Opened) {
  const [{ servicesOf }, { createLog }] = await Promise.all([
    import('#src/services.ts'),
    import('#src/log.ts'),
  ])
  return servicesOf(config, databases, createLog({ logLevel: 'silent' }))
}

/** The telephone's secret and the recovery codes, for a person with the telephone in her hand. */
async function shownOnce(config: Config, email: string, { secret, recoveryCodes }: Proofs): Promise<Answer> {
  const [{ renderUnicodeCompact }, { totpUri }] = await Promise.all([
    import('uqr'),
    import('#src/operator/totp.ts'),
  ])
  const uri = totpUri(secret, email)
  const text = [
    'Scan this with the authenticator application on the telephone:',
    '',
    renderUnicodeCompact(uri, { border: 2 }),
    '',
    uri,
    '',
    'Without the telephone, each of these opens once. They are shown now and never again; keep them on paper:',
    '',
    ...recoveryCodes.map((code) => `  ${code}`),
    '',
    `Sign in at ${config.operatorOrigin}/ingresar`,
  ]
  return {
    data: { email, otpauth: uri, recoveryCodes, signIn: `${config.operatorOrigin}/ingresar` },
    text: text.join('\n'),
  }
}
