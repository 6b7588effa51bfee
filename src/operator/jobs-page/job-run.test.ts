import { expect, test } from 'vitest'
import { durationText, jobState, jobsText, type LastRun } from './job-run.ts'

const at = (time: string) => new Date(`2026-11-23T${time}Z`)
const run = (over: Partial<LastRun> = {}): LastRun => ({
  dueAt: at('08:00:00'),
  status: 'done',
  startedAt: at('08:00:01'),
  finishedAt: at('08:00:03.500'),
  error: null,
  log: null,
  ...over,
})

test.each([
  ['done in its hour', run(), '08:00:00', '09:30:00', 'done'],
  ['failed', run({ status: 'failed' }), '08:00:00', '08:30:00', 'failed'],
  ['nobody has begun it yet, and it is due this minute', run(), '09:00:00', '09:00:30', 'done'],
  ['nobody has begun it for an hour', run(), '09:00:00', '10:00:00', 'missed'],
  ['it was put down and nobody took it up', run({ status: 'due' }), '08:00:00', '08:30:00', 'missed'],
  ['the run of an hour ago still works', run({ status: 'running' }), '09:00:00', '09:30:00', 'running'],
  ['it never ran at all', null, '08:00:00', '08:30:00', 'missed'],
  ['it is due for the first time', null, '08:00:00', '08:01:00', 'waiting'],
] as const)('%s', (_when, last, due, now, state) => {
  expect(jobState(last, at(due), at(now))).toBe(state)
})

test('a duration is said in the unit that fits', () => {
  expect(durationText(run())).toBe('2.5\u00a0s')
  expect(durationText(run({ finishedAt: at('08:00:01.320') }))).toBe('320\u00a0ms')
  expect(durationText(run({ finishedAt: at('08:03:01') }))).toBe('3\u00a0min')
  expect(durationText(run({ finishedAt: null }))).toBe('—')
})

test('the page begins with what needs a look', () => {
  const row = { name: 'sweep', cron: '', run: null }
  expect(jobsText([{ ...row, state: 'done' }])).toBe('Todas las tareas corrieron a su hora.')
  expect(
    jobsText([
      { ...row, state: 'done' },
      { ...row, state: 'missed' },
    ]),
  ).toBe('1 tarea necesita que la mires.')
})
