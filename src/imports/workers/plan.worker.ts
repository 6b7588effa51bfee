import { parentPort, workerData } from 'node:worker_threads'
import { guessMapping } from '../mapping.ts'
import { unpackRows } from '../packing.ts'
import type { KnownProduct } from '../plan.ts'
import { previewFile, savePlanOf } from '../preview.ts'
import { slices } from '../slices.ts'
import type { ToWorker } from './in-worker.ts'
import type { FromPlanner, PlanInput, Task } from './planner.ts'

/** Everything that takes long about 20,000 rows; the till's thread goes on selling. */
const task = workerData as Task
const say = (message: FromPlanner) => parentPort?.postMessage(message)

const known: KnownProduct[] = []

parentPort?.on('message', (message: ToWorker) => {
  if (message.known) known.push(...message.known)
  else {
    if ('guesses' in task) say({ guess: guessMapping([{ name: '', rows: unpackRows(task.guesses) }]) })
    else plan(task)
    say({ done: true })
  }
})

function plan({ view, ...input }: Extract<Task, PlanInput>): void {
  const sheets = input.sheets.map(({ name, rows }) => ({ name, rows: rows ? unpackRows(rows) : [] }))
  const file = { ...input, sheets }
  if (view) say({ preview: previewFile(file, known, view) })
  else {
    const { created, changed, ...rest } = savePlanOf(file, known)
    for (const some of slices(created)) say({ part: { created: some } })
    for (const some of slices(changed)) say({ part: { changed: some } })
    say({ part: rest })
  }
}
