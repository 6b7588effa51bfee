import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import yazl from 'yazl'

export type Zip = {
  add(path: string, content: Buffer, options?: { compress: boolean }): void
  /** A file that is whole: it is read when its turn comes, so it must stay until `end`. */
  addFile(file: string, path: string, options?: { compress: boolean }): void
  /** Waits until what was added is on its way to the disk. */
  drained(): Promise<void>
  /** How many bytes the zip has. */
  end(): Promise<number>
}

/** A zip that is written while it is filled; only whoever runs the server may read it. */
export function openZip(file: string, mtime: Date): Zip {
  const zip = new yazl.ZipFile()
  const output = createWriteStream(file, { mode: 0o600, flags: 'wx' })
  const written = finished(zip.outputStream.pipe(output))
  let failure: unknown
  written.catch((error: unknown) => {
    failure = error
  })
  zip.on('error', (error: Error) => output.destroy(error))
  const options = { mtime, mode: 0o100600 }
  const { entries } = zip as unknown as { entries: Entry[] }
  let forgotten = 0
  return {
    add: (path, content, { compress } = { compress: true }) =>
      zip.addBuffer(content, path, { ...options, compress }),
    addFile: (source, path, { compress } = { compress: true }) =>
      zip.addFile(source, path, { ...options, compress }),
    async drained() {
      // yazl never waits for its reader, so whoever fills it does.
      while (!isWritten(entries) || output.writableLength > 0 || waiting(zip.outputStream) > 0) {
        if (failure) throw failure
        await pause(1)
      }
      for (const entry of entries.slice(forgotten)) {
        entry.doFileDataPump = nothing
        entry.utf8FileName = unpooled(entry.utf8FileName)
      }
      forgotten = entries.length
    },
    async end() {
      zip.end()
      await written
      return output.bytesWritten
    },
  }
}

/**
 * What yazl keeps of an entry until the end. Its pump holds the compressed bytes: of a hundred thousand tickets all
 * of them would stay in memory, so that it is forgotten once they are written. Its name is a few bytes of a shared
 * piece of 64 KB in which what was compressed lies too: it keeps all of that, unless it has memory of its own.
 */
type Entry = { state: number; doFileDataPump: () => void; utf8FileName: Buffer }

/** They are written one after the other. */
const isWritten = (entries: readonly Entry[]) => (entries.at(-1)?.state ?? fileDataDone) === fileDataDone
const fileDataDone = 3
const nothing = () => {}
function unpooled(bytes: Buffer): Buffer {
  const own = Buffer.allocUnsafeSlow(bytes.length)
  bytes.copy(own)
  return own
}

const waiting = (stream: NodeJS.ReadableStream) =>
  (stream as unknown as { readableLength: number }).readableLength
