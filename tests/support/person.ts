import { eq } from 'drizzle-orm'
import { pino } from 'pino'
import { type Mail, type Mailer, mailerOver } from '#src/accounts/mailer.ts'
import { memberships, users } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import type { Services } from '#src/http/env.ts'
import type { TestTenant } from './database.ts'
import { testApp, testServices } from './http.ts'

/** The app with a mailbox to look into, believing X-Forwarded-For so that each person has an address of her own. */
export function appWithMail(databases: Databases, overrides: Partial<Services> = {}) {
  const mails: Mail[] = []
  const mailer: Mailer = mailerOver(
    async (mail) => {
      mails.push(mail)
    },
    { log: pino({ level: 'silent' }), waits: [] },
  )
  const plain = testServices(databases)
  const services = {
    ...plain,
    config: { ...plain.config, trustProxy: true, spares: 0 },
    mailer,
    ...overrides,
  }
  const app = testApp(services)
  return {
    services,
    app,
    /** The mails to this address, once all are sent. */
    async mailsTo(email: string): Promise<Mail[]> {
      await mailer.settled()
      return mails.filter((mail) => mail.to === email)
    },
  }
}

let people = 0

/** An address that nobody else in this run has. */
export const freshEmail = (name = 'rosa') => `${name}-${process.pid}-${Date.now()}-${++people}@example.com`

/** One more person of the same business, with the same password: much quicker than a business of her own. */
export async function coOwner(databases: Databases, of: TestTenant): Promise<TestTenant> {
  const { admin } = databases
  const [owner] = await admin.select().from(users).where(eq(users.id, of.user.id))
  if (!owner) throw new Error('no owner')
  const { passwordHash, createdAt } = owner
  const email = freshEmail()
  const [user] = await admin.insert(users).values({ email, passwordHash, createdAt }).$returningId()
  if (!user) throw new Error('no user')
  await admin.insert(memberships).values({ userId: user.id, tenantId: of.tenant.id, staffId: of.staff.id })
  return { ...of, user: { id: user.id, email, emailConfirmedAt: null } }
}

type Init = Parameters<ReturnType<typeof testApp>['app']>[1]

/** A browser at one address: keeps its cookie, as one does, and forgets it when told. */
export function browserOf(app: ReturnType<typeof testApp>, address = freshAddress()) {
  let cookie: string | undefined
  const go = async (path: string, init: Init = {}) => {
    const headers = { 'X-Forwarded-For': address, ...init.headers }
    const answer = await app.app(path, { ...init, headers }, cookie)
    const set = answer.headers.getSetCookie().at(-1)
    if (set) cookie = /Max-Age=0/.test(set) ? undefined : set.split(';')[0]
    return answer
  }
  return Object.assign(go, { cookie: () => cookie })
}

const freshAddress = () => `10.${[1, 2, 3].map(() => Math.floor(Math.random() * 250)).join('.')}`

/** The path of the link in a mail. */
export const linkIn = (mail: Mail | undefined) =>
  new URL(/https?:\/\/\S+/.exec(mail?.text ?? '')?.[0] ?? '').pathname
