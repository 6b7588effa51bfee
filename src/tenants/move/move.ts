/** Taking a business to another database server: pure. */

import type { ServerStatus } from '#src/servers/servers.ts'

export type MoveProblem =
  | 'gone'
  | 'no-server'
  | 'no-address'
  | 'already-there'
  | 'draining'
  | 'unreachable'
  | 'behind'
  | 'held'
  | 'changed'
  | 'differs'
  | 'too-slow'
  | 'never-moved'

/** What an owner is kept out for at most: after so long nothing is switched, and she sells on where she was. */
export const pauseLimitMs = 60_000
/** Rounds of copying while the business sells; then the rest waits for the pause. */
export const roundsAtMost = 6
/** So little is copied in the pause in an instant. */
const littleRows = 200

/** Is what was written since the round before so little that the pause will be short? */
export const isCaughtUp = (written: number, rounds: number) => written <= littleRows || rounds >= roundsAtMost

type Target = { id: number; status: ServerStatus }

/** `to`: null where there is no such server; `reachable`: whether this process knows its address. */
export function moveProblem(
  tenant: { serverId: number },
  to: Target | null,
  isReachable: boolean,
): MoveProblem | null {
  if (!to) return 'no-server'
  if (to.id === tenant.serverId) return 'already-there'
  if (to.status === 'draining') return 'draining'
  return isReachable ? null : 'no-address'
}
