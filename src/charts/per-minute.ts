const minuteMs = 60_000

type Kept = { minute: number; value: Promise<unknown> }
const kept = new WeakMap<object, Map<string, Kept>>()

/**
 * The same report for a minute, whoever asks: drawing takes from 4 to 27 ms of the one thread. `owner` is the
 * database that it was read from. A report that failed is made anew.
 */
export function perMinute<T>(owner: object, name: string, now: Date, make: () => Promise<T>): Promise<T> {
  const minute = Math.floor(now.getTime() / minuteMs)
  const reports = kept.get(owner) ?? new Map<string, Kept>()
  kept.set(owner, reports)
  const last = reports.get(name)
  if (last?.minute === minute) return last.value as Promise<T>
  const value = make()
  reports.set(name, { minute, value })
  value.catch(() => {
    if (reports.get(name)?.value === value) reports.delete(name)
  })
  return value
}
