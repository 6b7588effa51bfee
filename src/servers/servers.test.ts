import { expect, test } from 'vitest'
import { byRoom, isOldMariaDb, type Server } from './servers.ts'

const server = (id: number, change: Partial<Server> = {}): Server => ({
  id,
  name: `server ${id}`,
  status: 'open',
  capacity: 100,
  used: 0,
  ...change,
})
const all = new Set([1, 2, 3, 4])
const order = (servers: Server[], reachable = all) => byRoom(servers, reachable).map(({ id }) => id)

test('a new business goes where there is most room, and among equals to the first', () => {
  expect(order([server(1, { used: 90 }), server(2, { used: 10 }), server(3, { used: 10 })])).toEqual([
    2, 3, 1,
  ])
  expect(order([server(1, { used: 10 }), server(2, { used: 50, capacity: 1000 })])).toEqual([2, 1])
})

test('never to one that is full, drained, or of which this process knows no address', () => {
  const servers = [server(1, { status: 'full' }), server(2, { status: 'draining' }), server(3), server(5)]
  expect(order(servers)).toEqual([3])
})

test('nobody is turned away because every open server is past its size', () => {
  expect(order([server(1, { used: 130 }), server(2, { used: 105 })])).toEqual([2, 1])
})

test.each([
  ['10.6.18-MariaDB', true],
  ['10.11.9-MariaDB-log', false],
  ['11.4.2-MariaDB', false],
  ['8.0.36', true],
])('version %s', (version, isOld) => {
  expect(isOldMariaDb(version)).toBe(isOld)
})
