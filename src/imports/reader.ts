import { setImmediate as untilIdle } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { Databases } from '#src/db/databases.ts'
import { machineLease } from '#src/jobs/machine-lease.ts'
import { assetText } from '#src/lib/assets.ts'
import { type FileProblem, fileLimits, type RawSheet } from './cells.ts'
import type { FromReader } from './read.worker.ts'
import { unpackInto } from './reading/pieces.ts'
import type { SheetsRead } from './reading/read.ts'

/** Of the services of the process: where the lease of this machine stands. */
export type Machine = { databases: Pick<Databases, 'admin'>; clock: () => Date }

const refuse = (problem: FileProblem): SheetsRead => ({ ok: false, problem, rows: 0 })

/** OPERATIONS.md, section 4: one worker on a machine at a time, 256 MB of old space and 60 s. */
const workerLimits = { maxOldGenerationSizeMb: 256 }
const patienceMs = 60_000
const mostWaiting = 4

let last: Promise<unknown> = Promise.resolve()
let waiting = 0

/**
 * Reads an uploaded workbook or CSV in a worker thread, one on this machine at a time; whoever comes when many
 * wait is told so ('busy'). Never throws for what a file holds.
 */
export async function readFile(bytes: Uint8Array, fileName: string, machine: Machine): Promise<SheetsRead> {
  if (bytes.length === 0) return refuse('empty')
  if (bytes.length > fileLimits.bytes) return refuse('too-large')
  if (waiting >= mostWaiting) return refuse('busy')
  waiting += 1
  const turn = last.then(() => readInTurn(bytes, fileName, machine))
  last = turn.catch(() => undefined)
  try {
    return await turn
  } finally {
    waiting -= 1
  }
}

async function readInTurn(
  bytes: Uint8Array,
  fileName: string,
  { databases, clock }: Machine,
): Promise<SheetsRead> {
  const lease = await machineLease(databases.admin, 'read-file', { clock, waitMs: patienceMs })
  if (!lease) return refuse('busy')
  try {
    return await readInWorker(bytes, fileName, lease.lost)
  } finally {
    await lease.release()
  }
}

function readInWorker(bytes: Uint8Array, fileName: string, lost: AbortSignal): Promise<SheetsRead> {
  const worker = new Worker(assetText('workers/read.js'), {
    eval: true,
    workerData: { bytes, fileName },
    resourceLimits: workerLimits,
  })
  const { promise, resolve } = Promise.withResolvers<SheetsRead>()
  const sheets: RawSheet[] = []
  const timer = setTimeout(() => resolve(refuse('too-slow')), patienceMs)
  lost.addEventListener('abort', () => resolve(refuse('busy')), { once: true })
  worker.on('message', async (message: FromReader) => {
    if ('mapping' in message) return resolve({ ok: true, sheets, mapping: message.mapping })
    if ('ok' in message) return resolve(message)
    unpackInto(sheets, message)
    await untilIdle()
    worker.postMessage('next')
  })
  // Whatever ends a worker, its file did it: too much memory, or something its reader could not stand.
  worker.once('error', (error: NodeJS.ErrnoException) =>
    resolve(refuse(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'too-big-inside' : 'not-excel')),
  )
  worker.once('exit', () => resolve(refuse('too-big-inside')))
  return promise.finally(() => {
    clearTimeout(timer)
    return worker.terminate()
  })
}
