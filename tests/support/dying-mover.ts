import { openDatabases } from '#src/db/databases.ts'
import { moveTenant } from '#src/tenants/move/actions.ts'

// A process that is killed, as by kill -9, in the pause of a move. Told on standard input: the servers, the business.

const chunks: Buffer[] = []
for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
const { servers, tenantId, now } = JSON.parse(Buffer.concat(chunks).toString())

const databases = await openDatabases({ servers: new Map(servers), masterKey: Buffer.alloc(32, 7) })
await moveTenant(
  databases,
  { tenantId, to: 2 },
  {
    clock: () => new Date(now),
    inPause: async () => {
      process.kill(process.pid, 'SIGKILL')
    },
  },
)
