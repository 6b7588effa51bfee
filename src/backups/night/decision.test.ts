import { expect, test } from 'vitest'
import type { CopyEntry } from '#src/backups/manifest.ts'
import type { Fingerprint } from '#src/db/fingerprint.ts'
import { type Earlier, leastFree, type Source, whyDump } from './decision.ts'

const hash = (digit: string) => digit.repeat(64)
const now: Fingerprint = {
  uid: 'rosa',
  position: { file: 'binlog.000007', offset: 400, gtid: '0-1-9' },
  tables: [],
  sales: { made: 2, centimos: 3000 },
  registers: [],
  contentHash: hash('a'),
  definitionsHash: hash('b'),
}
const rosa: Source = {
  tenantId: 12,
  uid: 'rosa',
  generation: 1,
  nombreDb: 'db_cliente_12',
  serverId: 1,
  schemaVersion: 2,
}
const entry: CopyEntry = {
  ...rosa,
  kind: 'dumped',
  dumpedOn: '2026-11-20',
  file: 'backup-12.sql.gz',
  bytes: 4096,
  sha256: hash('c'),
  fingerprint: { ...now, position: { file: 'binlog.000004', offset: 4, gtid: '' } },
  isExact: true,
  takenAt: '2026-11-20T08:00:00.000Z',
  durationMs: 60,
}
const earlier: Earlier = { entry, fileBytes: 4096, isDoubtful: false }
const tonight = '2026-11-23'

test('what holds the same as its copy is carried, wherever the binary log has got to', () => {
  expect(whyDump(rosa, now, earlier, tonight)).toBeNull()
})

test.each<[string, string, Parameters<typeof whyDump>]>([
  ['there is none', 'first', [rosa, now, null, tonight]],
  ['a row changed', 'changed', [rosa, { ...now, contentHash: hash('d') }, earlier, tonight]],
  ['a column was added', 'changed', [rosa, { ...now, definitionsHash: hash('d') }, earlier, tonight]],
  ['it was restored since', 'another-database', [{ ...rosa, generation: 2 }, now, earlier, tonight]],
  ['the number was another business', 'another-database', [{ ...rosa, uid: 'carla' }, now, earlier, tonight]],
  ['it was moved', 'another-database', [{ ...rosa, serverId: 2 }, now, earlier, tonight]],
  ['it was migrated', 'another-database', [{ ...rosa, schemaVersion: 3 }, now, earlier, tonight]],
  ['its file is a week old', 'weekly', [rosa, now, earlier, '2026-11-27']],
  ['it comes from the future', 'doubtful', [rosa, now, earlier, '2026-11-19']],
  [
    'its figures are not its own',
    'doubtful',
    [rosa, now, { ...earlier, entry: { ...entry, isExact: false } }, tonight],
  ],
  ['its verification failed', 'doubtful', [rosa, now, { ...earlier, isDoubtful: true }, tonight]],
  ['its file is gone', 'doubtful', [rosa, now, { ...earlier, fileBytes: null }, tonight]],
  ['its file was cut', 'doubtful', [rosa, now, { ...earlier, fileBytes: 4095 }, tonight]],
])('it is dumped when %s', (_, why, given) => {
  expect(whyDump(...given)).toBe(why)
})

test('six days a file may be carried, on the seventh it is made anew', () => {
  expect(whyDump(rosa, now, earlier, '2026-11-26')).toBeNull()
  expect(whyDump(rosa, now, earlier, '2026-11-27')).toBe('weekly')
})

test.each([
  ['15 of 100 parts of a large disk', 100e9, 1e6, 15e9],
  ['3 GB of a small one', 10e9, 1e6, 3 * 1024 ** 3],
  ['twice the largest copy', 10e9, 4e9, 8e9],
])('%s stays free', (_, total, largest, least) => {
  expect(leastFree(total, largest)).toBe(least)
})
