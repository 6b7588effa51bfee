import { eq } from 'drizzle-orm'
import type { Config } from '#src/config.ts'
import type { AdminDb } from '#src/db/admin.ts'
import { operators } from '#src/db/admin-schema.ts'
import { bad, type Finding, few, good } from '#src/doctor/finding.ts'
import { openSecret } from '#src/operator/totp.ts'

/** Whether the operators' telephones still count: their secrets are sealed with the master key. */
export async function secrets({ masterKey }: Pick<Config, 'masterKey'>, admin: AdminDb): Promise<Finding> {
  const name = "operators' secrets"
  const people = await admin
    .select({ email: operators.email, sealed: operators.totpSecret })
    .from(operators)
    .where(eq(operators.active, true))
  const closed = people
    .filter(({ email, sealed }) => !opens(masterKey, email, sealed))
    .map(({ email }) => email)
  if (closed.length === 0)
    return good(name, people.length === 0 ? 'there are no operators yet' : `all ${people.length} open`)
  const mend =
    'Was the master key changed? Put the old one back (SMARTKET_MASTER_KEY), or: smartket operators reset-totp EMAIL.'
  return bad(name, `not sealed with this master key: ${few(closed)}`, mend)
}

function opens(masterKey: Buffer, email: string, sealed: string): boolean {
  try {
    openSecret(masterKey, email, sealed)
    return true
  } catch {
    return false
  }
}
