import { expect, test } from 'vitest'
import { limaDate } from '#src/lib/lima.ts'
import { menuFor } from '#src/menus/menu.ts'
import { demoWeek } from './week.ts'

const monday = new Date('2026-11-23T15:00:00Z')
const week = demoWeek(monday)

test('the week is the seven whole days before, with about 300 orders', () => {
  expect(week.map((day) => limaDate(day.opensAt))).toEqual([
    '2026-11-16',
    '2026-11-17',
    '2026-11-18',
    '2026-11-19',
    '2026-11-20',
    '2026-11-21',
    '2026-11-22',
  ])
  const orders = week.reduce((sum, day) => sum + day.orders.length, 0)
  expect(orders).toBeGreaterThanOrEqual(280)
  expect(orders).toBeLessThanOrEqual(320)
})

test('Saturday is the peak', () => {
  const counts = week.map((day) => day.orders.length)
  expect(Math.max(...counts)).toBe(counts[5])
})

test('people eat at lunch and dinner, while the till is open, one after the other', () => {
  for (const day of week) {
    const times = day.orders.map((order) => order.at.getTime())
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(times[0]).toBeGreaterThan(day.opensAt.getTime())
    expect(times.at(-1)).toBeLessThan(day.closesAt.getTime())
  }
})

test('only what is on the menu is sold, and there are chickens enough', () => {
  const menu = new Map(menuFor('polleria')?.items.map((item) => [item.name, item.eighths]))
  for (const day of week) {
    const items = day.orders.flatMap((order) => order.items)
    expect(items.filter((item) => !menu.has(item.name))).toEqual([])
    const eighths = items.reduce((sum, item) => sum + (menu.get(item.name) ?? 0) * item.pieces, 0)
    expect(day.chickens * 8).toBeGreaterThanOrEqual(eighths)
  }
})

test('the same end gives the same week', () => {
  expect(demoWeek(monday)).toEqual(week)
})
