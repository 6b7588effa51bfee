import { parentPort, workerData } from 'node:worker_threads'
import { packed } from './reading/pieces.ts'
import { readSheets } from './reading/read.ts'

/** Everything that takes long or much memory about a stranger's file; the till's thread goes on selling. */
export type Upload = { bytes: Uint8Array; fileName: string }

const port = parentPort!

async function work({ bytes, fileName }: Upload): Promise<void> {
  const read = await readSheets(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), fileName)
  if (!read.ok) return port.postMessage(read)
  // In small pieces, each after the last was taken: the other thread never unpacks more than it can between two sales.
  for (const piece of packed(read.sheets)) {
    port.postMessage(piece)
    await new Promise((resolve) => port.once('message', resolve))
  }
  port.postMessage('end')
}

void work(workerData as Upload).finally(() => port.close())
