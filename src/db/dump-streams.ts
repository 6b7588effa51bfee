import { createHash } from 'node:crypto'
import { Transform } from 'node:stream'
import type { Position } from './fingerprint.ts'

/** The position stands before the first table, its GTID and «Dump completed» at the end. */
const keptBytes = 8_192

/** Puts the header before what passes, and remembers its beginning and end. */
export function watched(header: string) {
  const line = Buffer.from(`${header}\n`)
  let head: Buffer = Buffer.alloc(0)
  let tail: Buffer = Buffer.alloc(0)
  let isBegun = false
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (!isBegun) this.push(line)
      isBegun = true
      if (head.length < keptBytes) head = Buffer.concat([head, chunk.subarray(0, keptBytes - head.length)])
      tail =
        chunk.length >= keptBytes
          ? chunk.subarray(-keptBytes)
          : Buffer.concat([tail, chunk]).subarray(-keptBytes)
      done(null, chunk)
    },
  })
  return {
    stream,
    isComplete: () => /\n-- Dump completed[^\n]*\n$/.test(tail.toString('latin1')),
    position: () => positionIn(head.toString('latin1'), tail.toString('latin1')),
  }
}

/** Passes everything on, and knows its SHA-256 and length at the end. */
export function hashed() {
  const hash = createHash('sha256')
  let bytes = 0
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      bytes += chunk.length
      done(null, chunk)
    },
  })
  return { stream, bytes: () => bytes, sha256: () => hash.digest('hex') }
}

function positionIn(head: string, tail: string): Position | null {
  // Only SmartKet's own comments: a business's data cannot stand before the first table.
  const before = head.split('\n-- Table structure')[0] ?? ''
  const at = /^-- CHANGE MASTER TO MASTER_LOG_FILE='([^']+)', MASTER_LOG_POS=(\d+);$/m.exec(before)
  if (!at) return null
  const gtid = /^-- SET GLOBAL gtid_slave_pos='([^']*)';$/m.exec(
    tail.slice(tail.lastIndexOf('\n-- SET GLOBAL') + 1),
  )
  return { file: at[1] ?? '', offset: Number(at[2]), gtid: gtid?.[1] ?? '' }
}
