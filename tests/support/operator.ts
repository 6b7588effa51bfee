import { eq } from 'drizzle-orm'
import { newToken } from '#src/accounts/token.ts'
import { operatorSessions, operators } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import type { Services } from '#src/http/env.ts'
import { createOperator } from '#src/operator/people/actions.ts'
import { codeAt } from '#src/operator/totp.ts'
import { testDatabases, testPassword } from './database.ts'
import { testApp, testServices } from './http.ts'

export type TestOperator = Awaited<ReturnType<typeof testOperator>>

let people = 0

/** Olga works for SmartKet. Her password is `testPassword`; her telephone is the secret. */
export async function testOperator(services?: Services) {
  const from = services ?? testServices(await testDatabases())
  const email = `olga+${process.pid}-${++people}@smartket.test`
  const made = await createOperator(from, { name: 'Olga', email, password: testPassword }, from.clock())
  if (!made.ok) throw new Error(made.problem)
  const { id, secret, recoveryCodes } = made
  const { admin } = from.databases
  return {
    id,
    name: 'Olga',
    email,
    secret,
    recoveryCodes,
    /** A code that is good at this instant, although one of the same half minute was used before. */
    async code(at = from.clock()) {
      await admin.update(operators).set({ totpLastStep: 0 }).where(eq(operators.id, id))
      return codeAt(secret, at)
    },
  }
}

type Init = Parameters<ReturnType<typeof testApp>['app']>[1]

/**
 * The console, signed in as Olga: `asOlga('/negocios')`. Same-origin like a browser; `asOlga.olga.code()` is what
 * her telephone shows, for `requireTotp` (field `codigo`); `asOlga.app` is the whole app (landing, app, console).
 */
export async function operatorApp(services: Services) {
  const app = testApp(services)
  const olga = await testOperator(services)
  const cookie = `smartket-operador=${await operatorSession(services.databases, olga.id, services.clock())}`
  const asOlga = (path: string, init: Init = {}) => app.operator(path, init, cookie)
  return Object.assign(asOlga, { olga, app, cookie })
}

/** A session as signing in makes it; the token is the cookie's. */
export async function operatorSession({ admin }: Databases, operatorId: number, now: Date): Promise<string> {
  const { token, tokenHash } = newToken()
  await admin.insert(operatorSessions).values({ id: tokenHash, operatorId, createdAt: now, lastSeenAt: now })
  return token
}
