import files from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { text } from 'node:stream/consumers'
import { openDatabases, type ServerAddress } from '#src/db/databases.ts'

// A process that runs a night and is killed: while a dump is written, when the first file has its name and the
// others do not, or when the manifest is there and the admin database knows nothing of it.
const { server, dataFolder, dies, at, renames } = JSON.parse(await text(process.stdin)) as {
  server: ServerAddress
  dataFolder: string
  dies: 'dumping' | 'naming' | 'recording'
  at: string
  /** Of a manifest: a night that is run again first takes from it what will be replaced. */
  renames?: number
}
const die = () => process.kill(process.pid, 'SIGKILL')
const { rename } = files
let manifests = 0
files.rename = async (from, to) => {
  await rename(from, to)
  const isManifest = String(to).endsWith('manifest.json')
  if (dies === 'naming' && !isManifest) die()
  if (dies === 'recording' && isManifest && ++manifests === (renames ?? 1)) die()
}
syncBuiltinESMExports()
const { runNight } = await import('#src/backups/night/actions.ts')
const databases = await openDatabases({ server, masterKey: Buffer.alloc(32, 7) })
let dumps = 0
await runNight({
  databases,
  config: { dataFolder },
  clock: () => new Date(at),
  signal: new AbortController().signal,
  space: async () => {
    // The first copies are on the disk, or on their way there.
    if (++dumps === 3 && dies === 'dumping') die()
    return { freeBytes: 1e12, totalBytes: 1e12 }
  },
})
process.exit(3)
