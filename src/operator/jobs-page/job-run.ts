import { formatCount } from '#src/lib/text.ts'

/** The last run of one job, over all businesses. */
export type LastRun = {
  dueAt: Date
  status: 'due' | 'running' | 'done' | 'failed'
  startedAt: Date | null
  finishedAt: Date | null
  error: string | null
  /** What it did, in lines. */
  log: string | null
}

export type JobRow = { name: string; cron: string; state: JobState; run: LastRun | null }
export type JobState = 'done' | 'running' | 'failed' | 'missed' | 'waiting'

const minute = 60_000
/** Every job is looked at each minute: so long after its hour it was missed. */
const patienceMs = 5 * minute

/** Where a job stands, given when it was last due. */
export function jobState(run: LastRun | null, dueAt: Date, now: Date): JobState {
  const isLate = now.getTime() - dueAt.getTime() > patienceMs
  if (!run || (run.dueAt < dueAt && run.status !== 'running'))
    return isLate ? 'missed' : run ? stateOf(run) : 'waiting'
  return run.status === 'due' && isLate ? 'missed' : stateOf(run)
}

const stateOf = ({ status }: LastRun): JobState => (status === 'due' ? 'waiting' : status)

export const stateText: Record<JobState, string> = {
  done: 'Hecha',
  running: 'En curso',
  failed: 'Falló',
  missed: 'No corrió',
  waiting: 'Por correr',
}

/** One run by itself, whenever it was due. */
export const runText: Record<LastRun['status'], string> = {
  due: stateText.waiting,
  running: stateText.running,
  done: stateText.done,
  failed: stateText.failed,
}

/** `320 ms`, `4.2 s`, `3 min`; a dash while it runs or where it was not begun. */
export function durationText({ startedAt, finishedAt }: Pick<LastRun, 'startedAt' | 'finishedAt'>): string {
  if (!startedAt || !finishedAt) return '—'
  const ms = Math.max(0, finishedAt.getTime() - startedAt.getTime())
  if (ms < 1_000) return `${ms}\u00a0ms`
  if (ms < minute) return `${(ms / 1_000).toFixed(1)}\u00a0s`
  return `${formatCount(Math.round(ms / minute))}\u00a0min`
}

export function jobsText(rows: readonly JobRow[]): string {
  const wrong = rows.filter(({ state }) => state === 'failed' || state === 'missed').length
  if (wrong === 0) return 'Todas las tareas corrieron a su hora.'
  return wrong === 1 ? '1 tarea necesita que la mires.' : `${wrong} tareas necesitan que las mires.`
}
