import { text } from 'node:stream/consumers'
import { openDatabases, type ServerAddress } from '#src/db/databases.ts'
import { makeSpare, type SpareStep } from '#src/tenants/spares.ts'

// A process that makes a spare and is killed before the step that it is told.
const { server, step, now } = JSON.parse(await text(process.stdin)) as {
  server: ServerAddress
  step: SpareStep
  now: string
}
const databases = await openDatabases({ server, masterKey: Buffer.alloc(32, 7) })
await makeSpare(
  databases,
  () => new Date(now),
  (next) => {
    if (next === step) process.kill(process.pid, 'SIGKILL')
  },
)
