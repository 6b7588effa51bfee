import { expect, test } from 'vitest'
import { daysUntil, freeIn, spaceLine } from './disk.ts'

const GB = 1e9
const seen = (...freeGB: number[]) =>
  freeGB.map((free, day) => ({ at: new Date(Date.UTC(2026, 10, 10 + day)), freeBytes: free * GB }))

test('two gigabytes less a day: from 40 down to 10 it takes 15 days', () => {
  expect(daysUntil(10 * GB, seen(46, 44, 42, 40))).toBeCloseTo(15)
})

test('a disk that was cleaned, or does not change, is never full', () => {
  expect(daysUntil(10 * GB, seen(40, 42, 44))).toBeNull()
  expect(daysUntil(10 * GB, seen(40, 40, 40, 40))).toBeNull()
})

test('nobody can say after one day', () => {
  expect(daysUntil(10 * GB, seen(40, 30))).toBeNull()
  expect(daysUntil(10 * GB, [])).toBeNull()
})

test('one that is below it already lasts no day', () => {
  expect(daysUntil(10 * GB, seen(14, 12, 10, 8))).toBe(0)
})

test('what the job writes is what the doctor reads', () => {
  expect(freeIn(spaceLine(12_345_678_901, 50_000_000_000))).toBe(12_345_678_901)
  expect(freeIn('nothing of the kind')).toBeNull()
  expect(freeIn(null)).toBeNull()
})
