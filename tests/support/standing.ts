import { randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { inject } from 'vitest'
import { readConfig } from '#src/config.ts'
import { memberships, tenants, users } from '#src/db/admin-schema.ts'
import { type Databases, openDatabases } from '#src/db/databases.ts'
import { openServer } from '#src/db/open-server.ts'
import { staff } from '#src/db/tenant-schema.ts'
import { createSession } from '#src/http/session.ts'
import { findTenant, type Tenant } from '#src/tenants/queries.ts'

/** What a journey cannot wait for: the days of a trial, the operator's yes. By the owner's address. */
export const standing = (email: string, change: Partial<typeof tenants.$inferInsert>) =>
  behind(email, async (databases, tenant) => {
    await databases.admin.update(tenants).set(change).where(eq(tenants.id, tenant.id))
  })

/** A colleague of hers, signed in: the value of the cookie. */
export const colleague = (email: string, name: string, role: 'cajera' | 'encargado') =>
  behind(email, async (databases, tenant) => {
    const now = new Date()
    const db = databases.tenant(tenant)
    const [{ insertId: staffId }] = await db.insert(staff).values({ name, role, createdAt: now })
    const address = `${randomBytes(6).toString('hex')}@example.com`
    const person = { email: address, passwordHash: 'none', emailConfirmedAt: now, createdAt: now }
    const [{ insertId: userId }] = await databases.admin.insert(users).values(person)
    await databases.admin.insert(memberships).values({ userId, tenantId: tenant.id, staffId })
    return createSession(databases.admin, { userId, tenantId: tenant.id, now })
  })

/** Beside the running server, in its own databases. */
export async function behind<T>(email: string, work: (databases: Databases, tenant: Tenant) => Promise<T>) {
  const read = readConfig({ SMARTKET_DATA: inject('data') })
  if (!read.ok) throw new Error(read.problems.join(' '))
  const server = await openServer(read.config)
  const databases = await openDatabases({
    server: server.address,
    masterKey: read.config.masterKey,
    connections: 4,
  })
  try {
    const [of] = await databases.admin
      .select({ tenantId: memberships.tenantId })
      .from(users)
      .innerJoin(memberships, eq(memberships.userId, users.id))
      .where(eq(users.email, email))
    const tenant = of && (await findTenant(databases.admin, of.tenantId))
    if (!tenant) throw new Error(`nobody has ${email}`)
    return await work(databases, tenant)
  } finally {
    await databases.close()
    await server.stop()
  }
}
