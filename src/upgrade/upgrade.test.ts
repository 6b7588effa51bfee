import { describe, expect, test } from 'vitest'
import {
  type Brought,
  isOpen,
  parseRelease,
  rollbackProblem,
  type Switch,
  upgradeProblem,
} from './upgrade.ts'

const old = { version: '0.3.0', commit: 'aaaaaaa' }
const next = { version: '0.4.0', commit: 'bbbbbbb' }
const at = new Date('2026-11-24T03:00:00Z')
const adds: Brought = { name: '0003_fiado.sql', readsFrom: '0.3.0', contract: null }
const takes: Brought = { name: '0004_away.sql', readsFrom: '0.4.0', contract: 'nobody reads it since 0.3.0' }
const last: Switch = {
  from: old,
  to: next,
  at: at.toISOString(),
  night: '2026-11-23',
  brought: [adds],
  confirmedAt: null,
  wentBackAt: null,
}
const later = (hours: number) => new Date(at.getTime() + hours * 3_600_000)

test.each(['0.3.0 (1a2b3c4)\n', '0.3.0-rc.1 (sources)'])('«%s» is a release', (text) =>
  expect(parseRelease(text)).not.toBeNull(),
)
test.each(['', 'v26.10.0', '0.3 (x)', '0.3.0', 'GNU bash 5.2 (1)'])('«%s» is none', (text) =>
  expect(parseRelease(text)).toBeNull(),
)

describe('An upgrade', () => {
  const ask = (change: Partial<Parameters<typeof upgradeProblem>[0]> = {}, isMeant = false, now = later(1)) =>
    upgradeProblem({ from: old, to: next, brought: [adds], last: null, ...change }, now, isMeant)

  test('that only adds goes ahead', () => expect(ask()).toBeNull())
  test('to the same release, or an older one, does not', () => {
    expect(ask({ to: old })).toBe('same-release')
    expect(ask({ to: { version: '0.2.9', commit: 'c' } })).toBe('older-release')
  })
  test('to another build of the same version goes ahead', () =>
    expect(ask({ to: { version: '0.3.0', commit: 'ccccccc' } })).toBeNull())
  test('that takes something away must be meant', () => {
    expect(ask({ brought: [adds, takes] })).toBe('no-way-back')
    expect(ask({ brought: [adds, takes] }, true)).toBeNull()
  })
  test('that takes something away waits until the one before is confirmed, or a day old', () => {
    const change = { brought: [takes], last }
    expect(ask(change, true, later(23.9))).toBe('not-confirmed')
    expect(ask(change, true, later(24))).toBeNull()
    expect(
      ask({ ...change, last: { ...last, confirmedAt: later(2).toISOString() } }, true, later(3)),
    ).toBeNull()
  })
})

describe('A rollback', () => {
  test('is possible while the old release can read what is there', () =>
    expect(rollbackProblem(last)).toBeNull())
  test('is refused after something was taken away, and twice, and without an upgrade', () => {
    expect(rollbackProblem({ ...last, brought: [adds, takes] })).toBe('old-cannot-read')
    expect(rollbackProblem({ ...last, wentBackAt: at.toISOString() })).toBe('went-back-already')
    expect(rollbackProblem(null)).toBe('nothing-to-go-back-to')
  })
  test('stays open for a day', () => {
    expect(isOpen(last, later(23.9))).toBe(true)
    expect(isOpen(last, later(24))).toBe(false)
  })
})
