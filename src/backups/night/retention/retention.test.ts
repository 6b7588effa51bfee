import { expect, test } from 'vitest'
import type { CopyEntry, Manifest } from '#src/backups/manifest.ts'
import { toRemove, unfinished } from './retention.ts'

const copy = (tenantId: number) => ({ tenantId, file: `backup-${tenantId}.sql.gz` }) as CopyEntry
const nightOf = (night: string, tenantIds: number[]): Manifest => ({
  format: 1,
  night,
  smartket: '0.1.0',
  startedAt: `${night}T08:00:00.000Z`,
  finishedAt: `${night}T08:10:00.000Z`,
  entries: tenantIds.map(copy),
})
const days = (...given: number[]) =>
  given.map((day) => nightOf(`2026-11-${String(day).padStart(2, '0')}`, [1, 2]))
const removed = (manifests: Manifest[], tonight: string, verified: string[] = [], deleted: number[] = []) =>
  toRemove(manifests, tonight, {
    isVerified: (night, { tenantId }) => verified.includes(`${night} ${tenantId}`),
    isDeleted: ({ tenantId }) => deleted.includes(tenantId),
  }).map(({ night, entries, isWholeNight }) => [night, entries.map(({ tenantId }) => tenantId), isWholeNight])

test('three nights stay', () => {
  expect(removed(days(20, 21, 22, 23), '2026-11-23')).toEqual([['2026-11-20', [1, 2], true]])
  expect(removed(days(21, 22, 23), '2026-11-23')).toEqual([])
})

test('the last verified copy of a business stays, however old; of the others nothing of that night', () => {
  expect(
    removed(days(10, 11, 21, 22, 23), '2026-11-23', ['2026-11-10 1', '2026-11-11 1', '2026-11-22 2']),
  ).toEqual([
    ['2026-11-10', [1, 2], true],
    ['2026-11-11', [2], false],
  ])
})

test('the only copy that there is of a business stays, verified or not', () => {
  const nights = [nightOf('2026-11-02', [1, 2, 3]), ...days(21, 22, 23)]
  expect(removed(nights, '2026-11-23')).toEqual([['2026-11-02', [1, 2], false]])
})

test('a clock that ran ahead takes nothing with it', () => {
  const ahead = [...days(21, 22, 23), nightOf('2031-01-01', [1, 2])]
  // While it is wrong: one more night, so one goes.
  expect(removed(ahead, '2031-01-01')).toEqual([['2026-11-21', [1, 2], true]])
  // When it is right again, the night of the future neither counts nor goes.
  expect(removed(ahead, '2026-11-23')).toEqual([])
})

test('nights in which nothing was copied do not push out those that hold something', () => {
  const failures = ['2026-11-21', '2026-11-22', '2026-11-23'].map((night) => nightOf(night, []))
  expect(removed([...days(18, 19, 20), ...failures], '2026-11-23')).toEqual([])
})

test('however many are too old, three go at a time, the oldest first', () => {
  const gone = removed(days(1, 2, 3, 4, 5, 6, 7, 8), '2026-11-08')
  expect(gone.map(([night]) => night)).toEqual(['2026-11-01', '2026-11-02', '2026-11-03'])
})

test('the last copy of a business that was deleted goes after ninety days', () => {
  const nights = [nightOf('2026-08-25', [1, 2, 3]), ...days(21, 22, 23)]
  const verified = ['2026-08-25 3']
  expect(removed(nights, '2026-11-23', verified, [3])).toEqual([['2026-08-25', [1, 2], false]])
  expect(removed(nights, '2026-11-24', verified, [3])).toEqual([['2026-08-25', [1, 2, 3], true]])
})

test('folders of nights that never finished go with the nights of their age; no other does', () => {
  const nights = [
    { night: '2026-11-18', hasManifest: false },
    { night: '2026-11-19', hasManifest: true },
    { night: '2026-11-21', hasManifest: false },
    { night: '2027-11-01', hasManifest: false },
  ]
  const finished = ['2026-11-19', '2026-11-20', '2026-11-22', '2026-11-23']
  expect(unfinished(nights, finished, '2026-11-23')).toEqual(['2026-11-18'])
  expect(unfinished(nights, finished.slice(0, 2), '2026-11-23')).toEqual([])
})
