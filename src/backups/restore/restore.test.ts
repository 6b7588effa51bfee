import { describe, expect, test } from 'vitest'
import {
  type Copy,
  chooseCopy,
  type EndedLife,
  formatLimaTime,
  lifeAt,
  parseFrom,
  parseLimaTime,
  untilOf,
} from './restore.ts'

describe('a time is typed as the clock in Lima shows it', () => {
  test.each([
    ['2026-11-23 14:05:00', '2026-11-23T19:05:00.000Z'],
    ['2026-11-23 14:05', '2026-11-23T19:05:00.000Z'],
    ['2026-11-23T23:59:59', '2026-11-24T04:59:59.000Z'],
  ])('%s', (text, instant) => {
    const at = parseLimaTime(text)
    expect(at?.toISOString()).toBe(instant)
    expect(at && formatLimaTime(at)).toMatch(text.replace('T', ' '))
  })

  test.each(['2026-11-31 14:05:00', '2026-11-23 24:01:00', '14:05', 'ayer', '2026-11-23 14:05:00Z', ''])(
    '«%s» is no time',
    (text) => expect(parseLimaTime(text)).toBeNull(),
  )
})

test('where a copy comes from', () => {
  expect(parseFrom(undefined)).toEqual({ kind: 'newest' })
  expect(parseFrom('2026-11-23')).toEqual({ kind: 'night', night: '2026-11-23' })
  expect(parseFrom('store')).toEqual({ kind: 'store', night: null })
  expect(parseFrom('store:2026-11-23')).toEqual({ kind: 'store', night: '2026-11-23' })
  expect(parseFrom('/media/usb/backup-3.sql.gz')).toEqual({
    kind: 'file',
    path: '/media/usb/backup-3.sql.gz',
  })
})

test('nobody who asks for nothing loses anything: the log is read to its end', () => {
  expect(untilOf({ kind: 'newest' }, null)).toEqual({ kind: 'end' })
  expect(untilOf({ kind: 'night', night: '2026-11-23' }, null)).toEqual({ kind: 'copy' })
  expect(untilOf({ kind: 'store', night: null }, new Date(0))).toEqual({ kind: 'second', at: new Date(0) })
})

const life = (generation: number) => ({ generation, nombreDb: `db_cliente_3_g${generation}`, serverId: 1 })
const ended = (generation: number, at: string): EndedLife => ({
  ...life(generation),
  endedAt: new Date(`2026-11-${at}Z`),
})

test('the database in which the business worked at that instant', () => {
  const before = [ended(2, '22T15:00'), ended(1, '20T15:00')]
  const at = (text: string) => lifeAt(life(3), before, new Date(`2026-11-${text}Z`)).generation
  expect([at('19T10:00'), at('21T10:00'), at('23T10:00')]).toEqual([1, 2, 3])
  expect(lifeAt(life(3), before, null).generation).toBe(3)
})

const position = { file: 'binlog.000002', offset: 4, gtid: '' }
const copy = (night: string, generation: number, hasPosition = true): Copy => ({
  night,
  path: '',
  entry: {
    generation,
    takenAt: `${night}T08:00:00.000Z`,
    fingerprint: { position: hasPosition ? position : null },
  } as Copy['entry'],
})

describe('the copy to begin with', () => {
  const copies = [copy('2026-11-21', 1), copy('2026-11-23', 1), copy('2026-11-22', 1), copy('2026-11-24', 2)]
  const second = (text: string) => ({ kind: 'second', at: new Date(text) }) as const
  const chosen = (generation: number, until: Parameters<typeof chooseCopy>[1]['until']) =>
    chooseCopy(copies, { generation, until })?.night

  test('is the newest one before that second, of that database', () => {
    expect(chosen(1, second('2026-11-23T07:59:59Z'))).toBe('2026-11-22')
    expect(chosen(1, second('2026-11-23T08:00:00Z'))).toBe('2026-11-23')
    expect(chosen(2, { kind: 'end' })).toBe('2026-11-24')
    expect(chosen(1, second('2026-11-20T08:00:00Z'))).toBeUndefined()
  })

  test('says where its log goes on, or is no beginning', () => {
    const blind = [copy('2026-11-21', 1), copy('2026-11-22', 1, false)]
    expect(chooseCopy(blind, { generation: 1, until: { kind: 'end' } })?.night).toBe('2026-11-21')
    expect(chooseCopy(blind, { generation: 1, until: { kind: 'copy' } })?.night).toBe('2026-11-22')
  })
})
