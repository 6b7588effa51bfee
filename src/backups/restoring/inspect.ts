import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, constants, stat } from 'node:fs/promises'
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import {
  type CopyHeader,
  type CopyProblem,
  type ExpectedCopy,
  hasTrailer,
  parseHeader,
  whyNotThisCopy,
} from '#src/backups/restoring/copy.ts'
import { migrationFiles } from '#src/db/migrations.ts'

export type CopyRefused = { ok: false; problem: CopyProblem; detail: string | null }
export type Inspected = { ok: true; header: CopyHeader; sha256: string; bytes: number }

/** Reads the whole file and touches no database. */
export async function inspectCopy(file: string, expected: ExpectedCopy): Promise<Inspected | CopyRefused> {
  const unreadable = await whyUnreadable(file)
  if (unreadable) return refused(unreadable)
  const [{ sha256, bytes }, text] = await Promise.all([sumOf(file), endsOf(file)])
  // First what a copying that broke off looks like: it is the likeliest, and its cure is another copy.
  if (text.ok ? !hasTrailer(text.tail) : text.problem === 'truncated') return refused('truncated')
  if (expected.sha256 !== undefined && sha256 !== expected.sha256) return refused('tampered')
  if (!text.ok) return text
  const header = parseHeader(text.head)
  const newest = migrationFiles(header?.tenantId === 0 ? 'admin' : 'tenant').at(-1)?.version ?? 0
  const problem = whyNotThisCopy(header, expected, newest)
  if (problem !== null || header === null) return refused(problem ?? 'no-header')
  return { ok: true, header, sha256, bytes }
}

export const refused = (problem: CopyProblem): CopyRefused => ({ ok: false, problem, detail: null })

async function whyUnreadable(file: string): Promise<CopyProblem | null> {
  try {
    await access(file, constants.R_OK)
    return (await stat(file)).isFile() ? null : 'unreadable'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'missing' : 'unreadable'
  }
}

export async function sumOf(file: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
    hash.update(chunk)
    bytes += chunk.length
  }
  return { sha256: hash.digest('hex'), bytes }
}

/** The first lines and the last; a copy cut between two frames of gzip unpacks without an error. */
async function endsOf(file: string): Promise<{ ok: true; head: string; tail: string } | CopyRefused> {
  let head: Buffer = Buffer.alloc(0)
  let tail: Buffer = Buffer.alloc(0)
  const look = new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (head.length < endBytes) head = Buffer.concat([head, chunk]).subarray(0, endBytes)
      tail = Buffer.concat([tail, chunk.subarray(-endBytes)]).subarray(-endBytes)
      done()
    },
  })
  try {
    await pipeline(createReadStream(file), createGunzip(), look)
    return { ok: true, head: head.toString('utf8'), tail: tail.toString('utf8') }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'Z_BUF_ERROR') return refused('truncated')
    if (isBadGzip(error)) return refused('not-gzip')
    throw error
  }
}
const endBytes = 4096

export const isBadGzip = (error: unknown) => /^Z_/.test((error as NodeJS.ErrnoException | null)?.code ?? '')
