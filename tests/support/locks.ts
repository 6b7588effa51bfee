import { expect } from 'vitest'
import type { Databases } from '#src/db/databases.ts'

/** Until so many transactions wait for a lock with a statement like this one. Names one test's own rows. */
export async function untilWaiting(databases: Databases, statement: string, howMany = 1): Promise<void> {
  await expect
    .poll(
      async () => {
        const rows = (await databases.provision((root) =>
          root.query(
            `select count(*) as waiting from information_schema.innodb_trx
             where trx_state = 'LOCK WAIT' and trx_query like ?`,
            [statement],
          ),
        )) as { waiting: number }[]
        return rows[0]?.waiting ?? 0
      },
      { timeout: 4_000, interval: 120 },
    )
    .toBe(howMany)
}

/** A door that somebody else opens. */
export function gate() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, opened }
}
