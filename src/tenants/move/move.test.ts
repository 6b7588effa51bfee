import { expect, test } from 'vitest'
import { isCaughtUp, moveProblem, roundsAtMost } from './move.ts'

test('the pause begins when little is missing, or when it will not become less', () => {
  expect(isCaughtUp(0, 2)).toBe(true)
  expect(isCaughtUp(200, 2)).toBe(true)
  expect(isCaughtUp(201, 2)).toBe(false)
  expect(isCaughtUp(90_000, roundsAtMost)).toBe(true)
})

test.each([
  ['no-server', null, true],
  ['already-there', { id: 1, status: 'open' }, true],
  ['draining', { id: 2, status: 'draining' }, true],
  ['no-address', { id: 2, status: 'open' }, false],
  [null, { id: 2, status: 'open' }, true],
  [null, { id: 2, status: 'full' }, true],
] as const)('a move that is refused: %s', (problem, to, isReachable) => {
  expect(moveProblem({ serverId: 1 }, to, isReachable)).toBe(problem)
})
