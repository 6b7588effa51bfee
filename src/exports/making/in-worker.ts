import { Worker } from 'node:worker_threads'
import { assetText } from '#src/lib/assets.ts'
import type { FromWorker, Task, ToWorker } from './messages.ts'

/** OPERATIONS.md, section 4. The minute is for one step: a large business has many. */
const limits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16 }
const patienceMs = 60_000
/** The last step puts all that was made apart into the zip. */
const endPatienceMs = 600_000

export type ExportWorker = {
  /** Resolves when the step is done; rejects when the worker died or is silent. */
  send(message: ToWorker): Promise<FromWorker>
  terminate(): Promise<unknown>
}

export function startExportWorker(task: Task): ExportWorker {
  const worker = new Worker(assetText('workers/export.js'), {
    eval: true,
    workerData: task,
    resourceLimits: limits,
  })
  let answer: PromiseWithResolvers<FromWorker> | null = null
  let failure: Error | null = null
  const fail = (error: Error) => {
    failure ??= error
    answer?.reject(failure)
  }
  worker.on('message', (message: FromWorker) => answer?.resolve(message))
  worker.once('error', (error) => fail(error as Error))
  worker.once('exit', () => fail(new Error('the export worker ended without an answer')))
  return {
    async send(message) {
      if (failure) throw failure
      answer = Promise.withResolvers<FromWorker>()
      const patience = message.kind === 'end' ? endPatienceMs : patienceMs
      const timer = setTimeout(() => fail(new Error('the export worker is silent')), patience)
      worker.postMessage(message)
      try {
        return await answer.promise
      } finally {
        clearTimeout(timer)
      }
    },
    terminate: () => worker.terminate(),
  }
}
