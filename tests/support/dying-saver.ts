import { text } from 'node:stream/consumers'
import { openDatabases, type ServerAddress } from '#src/db/databases.ts'
import { startSaving } from '#src/imports/actions.ts'
import { findTenant } from '#src/tenants/queries.ts'

// A process that saves an import, and is killed by whoever watches how far it is.
const { server, tenantId, importId } = JSON.parse(await text(process.stdin)) as {
  server: ServerAddress
  tenantId: number
  importId: number
}
const databases = await openDatabases({ server, masterKey: Buffer.alloc(32, 7) })
const tenant = await findTenant(databases.admin, tenantId)
if (!tenant) throw new Error('no such tenant')
const started = await startSaving(databases.tenant(tenant), importId, {
  clock: () => new Date(),
  report: (error) => {
    throw error
  },
})
if (started.ok) await started.finished
