import { memberships, users } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { staff } from '#src/db/tenant-schema.ts'
import type { TestTenant } from './database.ts'
import { freshEmail } from './person.ts'

/** A cashier of the same business who signs in by e-mail, as far as a test needs one. */
export async function cashierOf(databases: Databases, of: TestTenant): Promise<TestTenant> {
  const now = new Date()
  const [member] = await of.db.insert(staff).values({ name: 'Beto', role: 'cajera', createdAt: now })
  const [user] = await databases.admin
    .insert(users)
    .values({ email: freshEmail('beto'), passwordHash: 'none', createdAt: now })
    .$returningId()
  if (!user) throw new Error('no user')
  await databases.admin
    .insert(memberships)
    .values({ userId: user.id, tenantId: of.tenant.id, staffId: member.insertId })
  return { ...of, user: { ...of.user, id: user.id } }
}
