import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { program, withDefaultsFile } from './programs.ts'
import type { ServerAddress } from './server-address.ts'

/** Where the database stopped: its number and the line of the dump, never what stands in that line. */
export type Refused = { ok: false; problem: 'refused'; detail: string }

/** Pours a dump into a database through the `mariadb` client. null: all of it is there. */
export async function pour(
  server: ServerAddress,
  database: string,
  dump: Readable,
  signal: AbortSignal | undefined,
): Promise<Refused | null> {
  return withDefaultsFile(server, async (defaults) => {
    const client = spawn(
      program('mariadb'),
      [
        `--defaults-file=${defaults}`,
        '--batch',
        // Two walls: outside of binary mode the client reads `\!` and `source` as its own commands.
        '--sandbox',
        '--binary-mode',
        '--local-infile=0',
        '--default-character-set=utf8mb4',
        '--max-allowed-packet=1G',
        database,
      ],
      { stdio: ['pipe', 'ignore', 'pipe'], env: {} },
    )
    const kill = () => client.kill('SIGKILL')
    process.once('exit', kill)
    signal?.addEventListener('abort', kill, { once: true })
    let said = ''
    client.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(0, 4000)
    })
    const closed = once(client, 'close')
    try {
      // The client that stops early closes its end: what it said tells why, not the broken pipe.
      const poured = pipeline(dump, client.stdin).then(
        () => null,
        (error: NodeJS.ErrnoException) => error,
      )
      const broken = await poured
      if (broken && broken.code !== 'EPIPE' && broken.code !== 'ECONNRESET') kill()
      const [code] = (await closed) as [number | null]
      signal?.throwIfAborted()
      if (broken && broken.code !== 'EPIPE' && broken.code !== 'ECONNRESET') throw broken
      if (code === 0 && !broken) return null
      const interrupted = whyInterrupted(said, code)
      if (interrupted) throw new LoadInterrupted(interrupted)
      return { ok: false, problem: 'refused', detail: withoutContent(said, code) }
    } finally {
      kill()
      process.off('exit', kill)
      signal?.removeEventListener('abort', kill)
    }
  })
}

/** The server's or the disk's fault, not the copy's: nothing is known about it. */
export class LoadInterrupted extends Error {
  override readonly name = 'LoadInterrupted'
}

const serverIsGone = [1053, 1927, 2002, 2003, 2006, 2013]
const diskIsFull = [3, 28, 1021, 1026, 1114]

function whyInterrupted(said: string, code: number | null): string | null {
  const number = Number(/ERROR (\d+)/.exec(said)?.[1] ?? 0)
  if (diskIsFull.includes(number)) return `the disk is full (error ${number})`
  if (serverIsGone.includes(number)) return `the database stopped while a copy was loaded (error ${number})`
  return code === null ? 'the client that loads a copy was killed' : null
}

/** «ERROR 1064 (42000) at line 12: … near 'rosa@…'» carries the business's data: number and line remain. */
function withoutContent(said: string, code: number | null): string {
  const found = /ERROR (\d+)(?: \(\w+\))?(?: at line (\d+))?/.exec(said)
  if (!found) return `the client ended with ${code}`
  return found[2] ? `error ${found[1]} at line ${found[2]}` : `error ${found[1]}`
}
