import { Worker } from 'node:worker_threads'
import { assetText } from '#src/lib/assets.ts'
import type { KnownProduct } from '../plan.ts'

/** Products go in by pages, so that handing them over never stops the thread that sells. */
export type ToWorker = { known: KnownProduct[] | null }

/** OPERATIONS.md, section 4. Planning or writing 20,000 rows takes about a second. */
const workerLimits = { maxOldGenerationSizeMb: 256 }
const patienceMs = 60_000

let last: Promise<unknown> = Promise.resolve()

/** One at a time in this process: each may take a whole core. `listen` answers true to the last message. */
export function inWorker<Message>(
  name: 'plan' | 'book',
  task: object,
  known: AsyncIterable<KnownProduct[]>,
  listen: (message: Message) => boolean,
): Promise<void> {
  const turn = last.then(() => run(name, task, known, listen))
  last = turn.catch(() => undefined)
  return turn
}

async function run<Message>(
  name: string,
  task: object,
  known: AsyncIterable<KnownProduct[]>,
  listen: (message: Message) => boolean,
): Promise<void> {
  const worker = new Worker(assetText(`workers/${name}.js`), {
    eval: true,
    workerData: task,
    resourceLimits: workerLimits,
  })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const timer = setTimeout(() => reject(new Error(`the ${name} worker took too long`)), patienceMs)
  worker.on('message', (message: Message) => listen(message) && resolve())
  worker.once('error', reject)
  worker.once('exit', () => reject(new Error(`the ${name} worker ended without an answer`)))
  promise.catch(() => {}) // whoever feeds it may fail first
  try {
    for await (const page of known) worker.postMessage({ known: page } satisfies ToWorker)
    worker.postMessage({ known: null } satisfies ToWorker)
    await promise
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}
