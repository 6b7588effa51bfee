import { restoreTenant } from '#src/backups/restore/actions.ts'
import { openDatabases } from '#src/db/databases.ts'

// A process that is killed, as by kill -9, when it begins a step of a restore. Told on standard input.

const chunks: Buffer[] = []
for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
const { server, dataFolder, tenantId, dieAt } = JSON.parse(Buffer.concat(chunks).toString())

const masterKey = Buffer.alloc(32, 7)
const databases = await openDatabases({ server, masterKey })
let isSwapping = false
await restoreTenant(
  {
    databases: {
      ...databases,
      provision: (work, serverId) =>
        databases.provision(async (root) => {
          const result = await work(root)
          // In the pause: marked busy, locked, and everything carried over, but not yet swapped.
          if (isSwapping && dieAt === 'pause' && (await isLocked(root))) process.kill(process.pid, 'SIGKILL')
          return result
        }, serverId),
    },
    config: { dataFolder, masterKey },
    clock: () => new Date(),
    onStep(step) {
      if (step === dieAt) process.kill(process.pid, 'SIGKILL')
      isSwapping = step === 'swapping'
    },
  },
  { tenantId, from: { kind: 'newest' }, at: null },
)

async function isLocked(root: Parameters<Parameters<typeof databases.provision>[0]>[0]): Promise<boolean> {
  const rows = (await root.query(
    `select 1 from mysql.global_priv where user = ? and json_value(priv, '$.account_locked') = 1`,
    [`cliente_${tenantId}`],
  )) as unknown[]
  return rows.length > 0
}
