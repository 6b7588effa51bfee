/** Longer than this and a request has noticed. */
const slowMs = 500

/** The account says whose it was; the text has placeholders, never what was typed. */
export type SlowQuery = { account: string; ms: number; sql: string }

let tell: (slow: SlowQuery) => void = () => {}

/** Whom to tell of slow statements in this process. */
export function onSlowQuery(listener: (slow: SlowQuery) => void): void {
  tell = listener
}

export async function timed<T>(account: { user: string }, sql: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now()
  try {
    return await work()
  } finally {
    const ms = Math.round(performance.now() - started)
    if (ms >= slowMs) tell({ account: account.user, ms, sql: sql.slice(0, 500) })
  }
}
