import type { Databases } from '#src/db/databases.ts'
import { type Fingerprint, fingerprint } from '#src/db/fingerprint.ts'
import { isBeingMigrated } from '#src/db/migration-progress.ts'
import type { Place, Twin } from '#src/db/twin.ts'
import type { Tenant } from '#src/tenants/queries.ts'
import { isCaughtUp, type MoveProblem } from '../move.ts'

export type MoveProgress = { round: number; seen: number; all: number }

/** Round by round, until so little is sold between two of them that the pause will be short. */
export async function copyWhileItSells(
  twin: Twin,
  signal: AbortSignal,
  onProgress?: (progress: MoveProgress) => void,
): Promise<void> {
  const about = await twin.rowsAbout()
  for (let round = 1; ; round++) {
    const { written } = await twin.round({
      isLast: false,
      signal,
      onRows: (seen) => onProgress?.({ round, seen, all: Math.max(about, seen) }),
    })
    // The first round writes everything that there is: how much is sold meanwhile, only the next one tells.
    if (round > 1 && isCaughtUp(written, round)) return
  }
}

/** Why the switch must not happen. */
export class NotEqual extends Error {
  readonly problem: MoveProblem
  constructor(problem: MoveProblem) {
    super(problem)
    this.problem = problem
  }
}

/** Rows, definitions, sales and numbers of both sides, with nobody at work in either. */
export async function compare(
  databases: Databases,
  tenant: Tenant,
  from: Place,
  to: Place,
): Promise<Fingerprint> {
  const [original, copy] = await Promise.all([
    fingerprint(from.server, from.database),
    fingerprint(to.server, to.database),
  ])
  if (await isBeingMigrated(databases.admin, tenant.id)) throw new NotEqual('changed')
  const isEqual =
    copy.uid === tenant.uid &&
    original.uid === tenant.uid &&
    copy.contentHash === original.contentHash &&
    copy.definitionsHash === original.definitionsHash
  if (!isEqual) throw new NotEqual('differs')
  return copy
}
