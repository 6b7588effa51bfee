import { describe, expect, test } from 'vitest'
import type { CopyEntry } from '#src/backups/manifest.ts'
import { compare, isStale, planVerification, verificationEnd } from '#src/backups/verify/verification.ts'
import type { Fingerprint } from '#src/db/fingerprint.ts'

const now = new Date('2026-11-23T08:30:00Z')
const daysAgo = (n: number) => new Date(now.getTime() - n * 86_400_000)

const rosita: Fingerprint = {
  uid: 'rosita',
  position: { file: 'binlog.000007', offset: 4242, gtid: '0-1-99' },
  tables: [
    { name: 'business', rows: 1, checksum: '11' },
    { name: 'sales', rows: 3, checksum: '33' },
  ],
  sales: { made: 3, centimos: 9000 },
  registers: [{ id: 1, made: 3, lastNumber: 3 }],
  contentHash: 'content',
  definitionsHash: 'definitions',
}
const entry = (change: Partial<CopyEntry> = {}): CopyEntry => ({
  tenantId: 7,
  uid: 'rosita',
  generation: 1,
  nombreDb: 'db_cliente_7',
  serverId: 1,
  schemaVersion: 2,
  kind: 'dumped',
  dumpedOn: '2026-11-23',
  file: 'backup-7.sql.gz',
  bytes: 1000,
  sha256: 'a'.repeat(64),
  fingerprint: rosita,
  isExact: true,
  takenAt: '2026-11-23T08:00:00.000Z',
  durationMs: 100,
  ...change,
})
const found = (change: Partial<Fingerprint> = {}): Fingerprint => ({ ...rosita, position: null, ...change })

describe('what is restored tonight', () => {
  const plan = (entries: CopyEntry[], restored: [string, Date][] = []) => {
    const { restore, known } = planVerification(entries, new Map(restored), now)
    return {
      restore: restore.map(({ tenantId }) => tenantId),
      known: known.map(({ entry }) => entry.tenantId),
    }
  }
  test('every copy of the night, the smallest first', () => {
    const entries = [
      entry({ tenantId: 1, bytes: 900 }),
      entry({ tenantId: 2, bytes: 5 }),
      entry({ tenantId: 3, bytes: 50 }),
    ]
    expect(plan(entries)).toEqual({ restore: [2, 3, 1], known: [] })
  })
  test('a carried one once a week', () => {
    const carried = [entry({ kind: 'carried' })]
    const sha = 'a'.repeat(64)
    expect(plan(carried, [[sha, daysAgo(6)]])).toEqual({ restore: [], known: [7] })
    expect(plan(carried, [[sha, daysAgo(6.5)]])).toEqual({ restore: [7], known: [] })
    expect(plan(carried, [['b'.repeat(64), daysAgo(1)]])).toEqual({ restore: [7], known: [] })
  })
  test('a new one only once, however often the night is looked at', () => {
    expect(plan([entry()], [['a'.repeat(64), daysAgo(1)]])).toEqual({ restore: [], known: [7] })
  })
  test('first whoever had no turn last night, then the smallest', () => {
    const entries = [
      entry({ tenantId: 1, bytes: 900 }),
      entry({ tenantId: 2, bytes: 5 }),
      entry({ tenantId: 3, bytes: 50 }),
    ]
    const last = new Map([1, 2, 3].map((id) => [id, daysAgo(id === 1 ? 2 : 1)]))
    const { restore } = planVerification(entries, new Map(), now, last)
    expect(restore.map(({ tenantId }) => tenantId)).toEqual([1, 2, 3])
  })
})

test.each([
  ['2026-11-23T07:50:00Z', '2026-11-23T11:00:00Z'],
  ['2026-11-23T08:10:00Z', '2026-11-23T11:10:00Z'],
  ['2026-11-23T15:00:00Z', '2026-11-23T18:00:00Z'],
])('a night that ended at %s is verified until %s', (finishedAt, until) => {
  expect(verificationEnd({ night: '2026-11-23', finishedAt })).toEqual(new Date(until))
})

describe('what came back', () => {
  test('equal, and the position stays that of the living server', () => {
    expect(compare(entry(), found())).toEqual({ ok: true, figures: rosita })
  })
  test.each<[string, Partial<Fingerprint>, string]>([
    ['foreign', { uid: 'carla' }, 'another uid in it'],
    ['different', { definitionsHash: 'x' }, 'a table is defined otherwise'],
    ['different', { definitionsHash: 'x', tables: rosita.tables.slice(0, 1) }, 'without sales'],
    [
      'different',
      { definitionsHash: 'x', tables: [...rosita.tables, { name: 'odd', rows: 0, checksum: '0' }] },
      'with odd',
    ],
    [
      'different',
      {
        contentHash: 'x',
        tables: [
          { name: 'business', rows: 1, checksum: '11' },
          { name: 'sales', rows: 2, checksum: '33' },
        ],
      },
      'sales: 2 rows instead of 3',
    ],
    [
      'different',
      { contentHash: 'x', tables: [{ name: 'business', rows: 1, checksum: '99' }] },
      'business: 1 rows, but not the same',
    ],
    ['different', { contentHash: 'x' }, 'sales or registers do not add up'],
    ['gap', { registers: [{ id: 1, made: 2, lastNumber: 3 }] }, 'register 1: 2 sales, last number 3'],
  ])('%s: %j', (problem, change, detail) => {
    expect(compare(entry(), found(change))).toEqual({ ok: false, problem, detail })
  })

  describe('while she sold', () => {
    const selling = entry({ isExact: false })
    const more = found({
      contentHash: 'more',
      sales: { made: 5, centimos: 12_000 },
      registers: [{ id: 1, made: 5, lastNumber: 5 }],
    })
    test('the figures are taken from here', () => {
      expect(compare(selling, more)).toEqual({ ok: true, figures: { ...more, position: rosita.position } })
    })
    test('but numbers and sales still fit, and it is still hers', () => {
      expect(compare(selling, found({ registers: [{ id: 1, made: 4, lastNumber: 5 }] }))).toMatchObject({
        problem: 'gap',
      })
      expect(compare(selling, found({ uid: 'carla' }))).toMatchObject({ problem: 'foreign' })
      expect(compare(selling, found({ definitionsHash: 'x' }))).toMatchObject({ problem: 'different' })
    })
    test('what is equal in the looks before and after must be in it, and the rest lies between them', () => {
      const table = (name: string, rows: number, checksum: string) => ({ name, rows, checksum })
      const business = table('business', 1, '11')
      const later: Fingerprint = {
        ...rosita,
        tables: [business, table('sales', 5, '55')],
        sales: { made: 5, centimos: 12_000 },
      }
      const between = { ...selling, later }
      const outcome = (tables: Fingerprint['tables'], made = 4) =>
        compare(between, found({ tables, contentHash: 'x', sales: { made, centimos: 1 } }))
      expect(outcome([business, table('sales', 4, '44')])).toMatchObject({ ok: true })
      expect(outcome([table('business', 0, '0'), table('sales', 4, '44')])).toMatchObject({
        detail: 'business: 0 rows instead of 1',
      })
      expect(outcome([business, table('sales', 0, '0')])).toMatchObject({
        detail: 'sales: 0 rows, not between 3 and 5',
      })
      expect(outcome([business, table('sales', 4, '44')], 2)).toMatchObject({ detail: 'sales do not add up' })
    })
    test('a gap that was there before is none of the copy', () => {
      const old = entry({
        fingerprint: { ...rosita, registers: [{ id: 1, made: 3, lastNumber: 4 }] },
        isExact: false,
      })
      expect(compare(old, found({ registers: [{ id: 1, made: 5, lastNumber: 6 }] }))).toMatchObject({
        ok: true,
      })
    })
  })
})

test('a carried copy must hold what had been sold before it', () => {
  const carried = entry({ kind: 'carried' })
  expect(isStale(carried, 3)).toBe(false)
  expect(isStale(carried, 4)).toBe(true)
  expect(isStale(entry(), 4)).toBe(false)
})
