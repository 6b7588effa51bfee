import yauzl from 'yauzl'
import { fileLimits } from './import.ts'
import type { FileProblem } from './texts.ts'

export type Container = { ok: true } | { ok: false; problem: FileProblem; rows: number }

const refuse = (problem: FileProblem, rows = 0): Container => ({ ok: false, problem, rows })

/**
 * What the file really is, whatever its name says. A zip is unpacked once without keeping anything: its
 * declared sizes may lie, so bytes and rows are counted as they come out.
 */
export async function inspect(bytes: Buffer): Promise<Container> {
  if (bytes.length === 0) return refuse('empty')
  if (bytes.length > fileLimits.bytes) return refuse('too-large')
  if (bytes.subarray(0, 8).equals(oleHeader)) {
    return refuse(bytes.includes(encryptedPackage) ? 'password' : 'old-excel')
  }
  if (!bytes.subarray(0, 4).equals(zipHeader)) return refuse('not-excel')
  try {
    return await inspectZip(bytes)
  } catch {
    // A torn or forged zip: yauzl says how, the owner needs to know only this.
    return refuse('not-excel')
  }
}

const zipHeader = Buffer.from('PK\u0003\u0004', 'latin1')
const oleHeader = Buffer.from('d0cf11e0a1b11ae1', 'hex')
/** The name of the stream in which Excel keeps an encrypted workbook. */
const encryptedPackage = Buffer.from('EncryptedPackage', 'utf16le')

/** Beyond this nothing is counted any more: the rows so far are refused as they are. */
const countedBytes = 600_000_000

async function inspectZip(bytes: Buffer): Promise<Container> {
  const zip = await yauzl.fromBufferPromise(bytes, { lazyEntries: true })
  let total = 0
  let mostRows = 0
  let hasWorkbook = false
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName === 'xl/workbook.xml') hasWorkbook = true
    const rows = /^xl\/worksheets\/[^/]+\.xml$/.test(entry.fileName) ? rowCounter() : null
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      total += chunk.length
      rows?.add(chunk)
      if (total > countedBytes) break
    }
    mostRows = Math.max(mostRows, rows?.count() ?? 0)
    if (total > countedBytes) break
  }
  if (mostRows > fileLimits.rows + titleRows) return refuse('too-many-rows', mostRows)
  if (total > fileLimits.unzippedBytes) return refuse('too-big-inside')
  return hasWorkbook ? { ok: true } : refuse('not-excel')
}

/** Titles may stand below a heading or two; the exact limit is checked on what is read. */
const titleRows = 10

/** Counts rows that hold a value: a sheet painted down to its end has a million that do not. */
function rowCounter() {
  let tail = ''
  let rows = 0
  let isCounted = true
  return {
    add(chunk: Buffer) {
      const text = tail + chunk.toString('latin1')
      const end = Math.max(0, text.length - 8)
      for (const match of text.matchAll(/<(row|v|is)[ >]/g)) {
        if (match.index >= end) break
        if (match[1] === 'row') isCounted = false
        else if (!isCounted) {
          isCounted = true
          rows += 1
        }
      }
      tail = text.slice(end)
    },
    count: () => rows,
  }
}
