import { Worker } from 'node:worker_threads'
import { assetText } from '#src/lib/assets.ts'
import type { Checked } from './import.ts'
import type { FileProblem } from './texts.ts'

export type Parsed = Checked | { ok: false; problem: FileProblem; rows: number }

const refuse = (problem: FileProblem): Parsed => ({ ok: false, problem, rows: 0 })

/** OPERATIONS.md, section 4: 256 MB of old space and 60 s a file, one file at a time. */
const workerLimits = { maxOldGenerationSizeMb: 256 }
const patienceMs = 60_000
const mostWaiting = 4

let last: Promise<unknown> = Promise.resolve()
let waiting = 0

/** Reads an uploaded workbook in a worker thread, in turn; whoever comes when many wait is told so. */
export async function parseFile(bytes: Uint8Array): Promise<Parsed> {
  if (waiting >= mostWaiting) return refuse('busy')
  waiting += 1
  const turn = last.then(() => parseInWorker(bytes))
  last = turn.catch(() => undefined)
  try {
    return await turn
  } finally {
    waiting -= 1
  }
}

function parseInWorker(bytes: Uint8Array): Promise<Parsed> {
  const worker = new Worker(assetText('workers/parse.js'), {
    eval: true,
    workerData: bytes,
    resourceLimits: workerLimits,
  })
  const { promise, resolve } = Promise.withResolvers<Parsed>()
  const timer = setTimeout(() => resolve(refuse('too-slow')), patienceMs)
  worker.once('message', resolve)
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
