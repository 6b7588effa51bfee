import yauzl from 'yauzl'
import { type FileProblem, fileLimits } from '../cells.ts'

/** Thrown while reading: the whole file is refused with this one sentence. */
export class Refusal extends Error {
  readonly problem: FileProblem
  readonly rows: number
  constructor(problem: FileProblem, rows = 0) {
    super(problem)
    this.problem = problem
    this.rows = rows
  }
}

export type Parts = {
  has(name: string): boolean
  names(): string[]
  /** The unzipped bytes as they come out, counted; nothing when there is no such part. */
  read(name: string): AsyncIterable<Buffer>
}

const startsWith = (bytes: Buffer, hex: string) => bytes.subarray(0, hex.length / 2).toString('hex') === hex

/** What the file really is, whatever its name says. */
export function kindOf(bytes: Buffer): 'zip' | 'text' {
  if (bytes.length === 0) throw new Refusal('empty')
  if (bytes.length > fileLimits.bytes) throw new Refusal('too-large')
  if (startsWith(bytes, oleHeader)) {
    if (bytes.includes(utf16('EncryptedPackage'))) throw new Refusal('password')
    const isBook = bytes.includes(utf16('Workbook')) || bytes.includes(utf16('Book'))
    throw new Refusal(isBook ? 'old-excel' : 'not-excel')
  }
  if (biffHeaders.some((header) => startsWith(bytes, header))) throw new Refusal('old-excel')
  if (startsWith(bytes, '504b0304')) return 'zip'
  if (pictures.some((header) => startsWith(bytes, header))) throw new Refusal('not-excel')
  return 'text'
}

const oleHeader = 'd0cf11e0a1b11ae1'
/** Excel 2 to 4, which had no container yet. */
const biffHeaders = ['0900040000', '0902060000', '0904060000']
/** PNG, JPEG, GIF, PDF, WebP and the like, other archives, programs. */
const pictures = [
  '89504e47',
  'ffd8ff',
  '47494638',
  '25504446',
  '52494646',
  '504b0506',
  '52617221',
  '1f8b08',
  '377abcaf',
  '4d5a',
  '7f454c46',
  '49492a00',
  '4d4d002a',
  '7b5c727466',
]
const utf16 = (text: string) => Buffer.from(text, 'utf16le')

/** More parts than any workbook has. */
const mostParts = 10_000

/** Opens a zip without unpacking anything; a part is unpacked when it is read. */
export async function openParts(bytes: Buffer): Promise<Parts> {
  const zip = await yauzl.fromBufferPromise(bytes, { lazyEntries: true, autoClose: false })
  const entries = new Map<string, yauzl.Entry>()
  let declared = 0
  for await (const entry of zip.eachEntry()) {
    if (entries.size >= mostParts) throw new Refusal('too-big-inside')
    declared += entry.uncompressedSize
    entries.set(keyOf(entry.fileName), entry)
  }
  if (declared > fileLimits.unzippedBytes) throw new Refusal('too-big-inside')
  const isLocked = [...entries.values()].some((entry) => entry.isEncrypted())
  if (isLocked) throw new Refusal('password')
  let unzipped = 0
  return {
    has: (name) => entries.has(keyOf(name)),
    names: () => [...entries.values()].map((entry) => entry.fileName),
    async *read(name) {
      const entry = entries.get(keyOf(name))
      if (!entry) return
      // A size may be declared too small: what comes out is counted, and too much of it ends the reading.
      for await (const chunk of await zip.openReadStreamPromise(entry)) {
        unzipped += chunk.length
        if (unzipped > fileLimits.unzippedBytes) throw new Refusal('too-big-inside')
        yield chunk
      }
    },
  }
}

/** Windows does not mind the case of a name, nor do the programs that write these files. */
const keyOf = (name: string) => name.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase()
