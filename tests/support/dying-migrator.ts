import { text } from 'node:stream/consumers'
import { openDatabases, type ServerAddress } from '#src/db/databases.ts'
import { migrateAll } from '#src/db/migrate.ts'
import type { Migration } from '#src/db/migrations.ts'

// A process that migrates all and is killed when so many statements have run.
const { server, files, statements } = JSON.parse(await text(process.stdin)) as {
  server: ServerAddress
  files: Migration[]
  statements: number
}
const databases = await openDatabases({ server, masterKey: Buffer.alloc(32, 7) })
let ran = 0
await migrateAll(databases, {
  files,
  hook: (step) => {
    if (step === 'after' && ++ran === statements) process.kill(process.pid, 'SIGKILL')
  },
})
