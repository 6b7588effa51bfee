import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { ExpectedCopy } from '#src/backups/restoring/copy.ts'
import {
  type CopyRefused,
  type Inspected,
  inspectCopy,
  isBadGzip,
  refused,
} from '#src/backups/restoring/inspect.ts'
import { type LoadPlace, loadInto } from '#src/db/loading.ts'

/**
 * Restores one copy into a database that is made for it and is not there yet. Everything that can be known
 * without a database is checked before one is made: bytes, owner, wholeness, version. After a refusal nothing
 * is left behind. Throws only where the server or the disk fails.
 */
export async function loadCopy(
  file: string,
  into: LoadPlace,
  expected: ExpectedCopy,
  signal?: AbortSignal,
): Promise<Inspected | CopyRefused> {
  const inspected = await inspectCopy(file, expected)
  if (!inspected.ok) return inspected
  signal?.throwIfAborted()
  const hash = createHash('sha256')
  const dump = createReadStream(file)
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    },
    // The file may have been changed since it was looked at: then the load must fail, not end.
    flush(done) {
      done(hash.digest('hex') === inspected.sha256 ? null : new FileChanged())
    },
  })
  try {
    const unpacked = createGunzip()
    const read = pipeline(dump, counted, unpacked)
    read.catch(() => {}) // it ends the unpacked stream too, and whoever reads that one is told
    const loaded = await loadInto(into, unpacked, signal)
    if (!loaded.ok) dump.destroy()
    return loaded.ok ? inspected : loaded
  } catch (error) {
    if (error instanceof FileChanged || isBadGzip(error)) return refused('tampered')
    throw error
  }
}

class FileChanged extends Error {}
