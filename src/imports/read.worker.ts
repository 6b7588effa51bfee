import { parentPort, workerData } from 'node:worker_threads'
import type { Mapping } from './mapping.ts'
import { type Piece, packed } from './reading/pieces.ts'
import { readSheets, type SheetsRead } from './reading/read.ts'

/** Everything that takes long or much memory about a stranger's file; the till's thread goes on selling. */
export type Upload = { bytes: Uint8Array; fileName: string }

/** The sheets piece by piece, then what their columns are; or why they are refused. */
export type FromReader = Piece | { mapping: Mapping } | Extract<SheetsRead, { ok: false }>

const port = parentPort!

async function work({ bytes, fileName }: Upload): Promise<void> {
  const read = await readSheets(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), fileName)
  const say = (message: FromReader) => port.postMessage(message)
  if (!read.ok) return say(read)
  // In small pieces, each after the last was taken: the other thread never unpacks more than it can between two sales.
  for (const piece of packed(read.sheets)) {
    say(piece)
    await new Promise((resolve) => port.once('message', resolve))
  }
  say({ mapping: read.mapping })
}

void work(workerData as Upload).finally(() => port.close())
