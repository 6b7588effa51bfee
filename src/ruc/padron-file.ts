/** Reading SUNAT's file, zipped or not, line by line, however large. */

import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import { type Entry, openPromise, type ZipFile } from 'yauzl'

export type PadronText = { chunks: AsyncIterable<Buffer>; totalBytes: number; close(): void }

/** The file is not there, damaged, or has no text in it. Its message is for the operator. */
export class UnreadableFile extends Error {}

/** The text of a `.txt`, or of the first `.txt` inside a zip, told apart by content and not by name. */
export async function openPadronFile(path: string): Promise<PadronText> {
  const { isZip, size } = await look(path)
  if (isZip) return openZip(path)
  const stream = createReadStream(path)
  return { chunks: readable(stream, null), totalBytes: size, close: () => stream.destroy() }
}

async function openZip(path: string): Promise<PadronText> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false }).catch(damaged)
  try {
    const entry = await textIn(zip)
    const stream = await zip.openReadStreamPromise(entry).catch(damaged)
    const close = () => {
      stream.destroy()
      zip.close()
    }
    return { chunks: readable(stream, entry.crc32), totalBytes: entry.uncompressedSize, close }
  } catch (error) {
    zip.close()
    throw error
  }
}

/** A zip cut off or changed on its way is refused at its end at the latest: yauzl does not check this sum. */
async function* readable(stream: Readable, expected: number | null): AsyncGenerator<Buffer> {
  let sum = 0
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      if (expected !== null) sum = crc32(chunk, sum)
      yield chunk
    }
  } catch (error) {
    damaged(error as Error)
  }
  if (expected !== null && sum !== expected) damaged(new Error('checksum'))
}

function damaged(error: Error): never {
  throw new UnreadableFile(`it is damaged or incomplete (${error.message})`)
}

async function look(path: string): Promise<{ isZip: boolean; size: number }> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw new UnreadableFile(
      error.code === 'ENOENT' ? 'there is no such file' : `it cannot be opened (${error.code})`,
    )
  })
  try {
    const { size } = await file.stat()
    const start = Buffer.alloc(4)
    await file.read(start, 0, 4, 0)
    return { isZip: start.readUInt32LE(0) === 0x04034b50, size }
  } catch (error) {
    throw new UnreadableFile(`it cannot be read (${(error as NodeJS.ErrnoException).code})`)
  } finally {
    await file.close()
  }
}

async function textIn(zip: ZipFile): Promise<Entry> {
  for await (const entry of zip.eachEntry()) if (/\.txt$/i.test(entry.fileName)) return entry
  throw new UnreadableFile('there is no .txt file in this zip')
}

/** SUNAT's longest line has less than 1 KB: a longer one is not a line of text. */
const maxLineLength = 65_536

/**
 * The lines of a stream of ISO-8859-1, as many at a time as a chunk holds: one `await` a line would take
 * longer than the database. Reads on only when asked, so memory stays flat. The flag is true for the
 * last piece if no line end follows it.
 */
export async function* linesOf(text: PadronText, onBytes: (bytes: number) => void) {
  let bytes = 0
  let rest = ''
  for await (const chunk of text.chunks) {
    bytes += chunk.length
    onBytes(bytes)
    const lines = (rest + chunk.toString('latin1')).split('\n')
    rest = lines.pop() ?? ''
    if (rest.length > maxLineLength) throw new UnreadableFile('it has no lines of text')
    yield { lines, isCut: false }
  }
  if (rest) yield { lines: [rest], isCut: true }
}
