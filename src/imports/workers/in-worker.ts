import { Worker } from 'node:worker_threads'
import { assetText } from '#src/lib/assets.ts'
import type { FileProblem } from '../cells.ts'
import type { KnownProduct } from '../plan.ts'

/** Products go in by pages, so that handing them over never stops the thread that sells. */
export type ToWorker = { known: KnownProduct[] | null }

/** OPERATIONS.md, section 4. Planning or writing 20,000 rows takes about a second. */
const workerLimits = { maxOldGenerationSizeMb: 256 }
const patienceMs = 60_000

/** Of each kind. Whoever comes when so many wait is told so. */
const mostWaiting = 8

/** What a worker could not do with a file: it is told as a refusal of the file. */
export type WorkProblem = Extract<FileProblem, 'busy' | 'too-slow' | 'too-big-inside'>
export type Worked = { ok: true } | { ok: false; problem: WorkProblem }

/** `listen` answers true to the last message. */
export type RunWorker = <Message>(
  name: 'plan' | 'book',
  task: object,
  known: AsyncIterable<KnownProduct[]>,
  listen: (message: Message) => boolean,
) => Promise<Worked>

/** Savings go before those that only look: of one business there is at most one. */
type Kind = 'saving' | 'looking'
const waiting: Record<Kind, (() => void)[]> = { saving: [], looking: [] }
let isTaken = false

/**
 * One worker at a time in this process: each may take a whole core. Work that locks rows takes its turn first and
 * begins its transaction inside: otherwise it would hold its locks for as long as others go before it.
 */
export async function inTurn<T>(
  kind: Kind,
  work: (run: RunWorker) => Promise<T>,
): Promise<T | { ok: false; problem: 'busy' }> {
  if (isTaken && waiting[kind].length >= mostWaiting) return { ok: false, problem: 'busy' }
  if (isTaken) await new Promise<void>((resolve) => waiting[kind].push(resolve))
  isTaken = true
  try {
    return await work(run)
  } finally {
    // The place is handed over, never given up and taken again: nobody can slip in between.
    const next = waiting.saving.shift() ?? waiting.looking.shift()
    if (next) next()
    else isTaken = false
  }
}

/** One run in a turn of its own. */
export const inWorker: RunWorker = (name, task, known, listen) =>
  inTurn('looking', (run) => run(name, task, known, listen))

async function run<Message>(
  name: string,
  task: object,
  known: AsyncIterable<KnownProduct[]>,
  listen: (message: Message) => boolean,
): Promise<Worked> {
  const worker = new Worker(assetText(`workers/${name}.js`), {
    eval: true,
    workerData: task,
    resourceLimits: workerLimits,
  })
  const { promise, resolve, reject } = Promise.withResolvers<Worked>()
  const timer = setTimeout(() => resolve({ ok: false, problem: 'too-slow' }), patienceMs)
  worker.on('message', (message: Message) => listen(message) && resolve({ ok: true }))
  worker.once('error', (error: NodeJS.ErrnoException) =>
    error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      ? resolve({ ok: false, problem: 'too-big-inside' })
      : reject(error),
  )
  worker.once('exit', () => reject(new Error(`the ${name} worker ended without an answer`)))
  let isOver = false
  const feed = async () => {
    for await (const page of known) {
      // The transaction that this reads in may be over as well: nothing more is asked of it.
      if (isOver) return promise
      worker.postMessage({ known: page } satisfies ToWorker)
    }
    worker.postMessage({ known: null } satisfies ToWorker)
    return promise
  }
  try {
    return await Promise.race([promise, feed()])
  } finally {
    isOver = true
    clearTimeout(timer)
    await worker.terminate()
  }
}
