import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { behind, memoryLimit, watchProcess } from './guard.ts'
import { registry, requests } from './metrics.ts'

test('a process that holds more than it may is told once, and only then', async () => {
  const told: number[] = []
  const stop = watchProcess({ onTooLarge: (bytes) => told.push(bytes), limitBytes: 1 })
  const stopOther = watchProcess({ onTooLarge: () => told.push(-1), limitBytes: 1e15 })
  await pause(5_000)
  stop()
  stopOther()
  expect(told).toHaveLength(1)
  expect(told[0]).toBeGreaterThan(1)
})

test('a process that does nothing for seconds says that it is behind, and gets over it', async () => {
  const stop = watchProcess({ onTooLarge: () => undefined })
  let whileBusy = false
  for (let round = 0; round < 9; round++) {
    const end = Date.now() + 600
    while (Date.now() < end) Math.sqrt(end)
    await pause(0)
    whileBusy ||= behind()
  }
  await pause(4_500)
  expect([whileBusy, behind()]).toEqual([true, false])
  stop()
})

test('small machines keep room for a process, large ones for MariaDB', () => {
  expect(memoryLimit(1_000_000_000)).toBe(700_000_000)
  expect(memoryLimit(4_000_000_000)).toBe(2_400_000_000)
})

test('no figure names a business or a person', async () => {
  requests.observe({ method: 'GET', route: '/ventas/:id{[0-9]+}/ticket', status: '2xx' }, 0.01)
  const text = await registry.metrics()
  expect(text).toContain(
    'smartket_http_request_seconds_count{method="GET",route="/ventas/:id{[0-9]+}/ticket"',
  )
  expect(text).not.toMatch(/tenant|staff|email/i)
})
