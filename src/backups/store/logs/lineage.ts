// A server that was built anew counts its binary logs from 1 again, while the old one's are still in the store and
// still wanted. The files of a first server lie there under their own names, `binlog.000001`; those of a second
// one as `binlog.000001~2`, and so on.

export type LogName = { file: string; lineage: number }

export function lineageOf(name: string): LogName {
  const found = /^(.+)~(\d+)$/.exec(name)
  return found ? { file: found[1] ?? '', lineage: Number(found[2]) } : { file: name, lineage: 1 }
}

export const nameIn = (file: string, lineage: number) => (lineage === 1 ? file : `${file}~${lineage}`)

export type LogOfStore = { name: string; storedAt: Date }

/**
 * The logs from `first` on, in order, as they were written by the server that wrote a copy at `since`. A log is
 * sent after it was ended: the one that a copy's position names came here after that copy. Empty when that one is
 * not there; it ends before the first gap.
 */
export function chainFrom<T extends LogOfStore>(logs: readonly T[], first: string, since: Date): T[] {
  const start = logs
    .filter(
      ({ name, storedAt }) =>
        lineageOf(name).file === first && storedAt.getTime() >= since.getTime() - apartMs,
    )
    .toSorted((a, b) => a.storedAt.getTime() - b.storedAt.getTime())[0]
  if (!start) return []
  const { lineage } = lineageOf(start.name)
  const byFile = new Map(
    logs.flatMap((log) => {
      const named = lineageOf(log.name)
      return named.lineage === lineage ? [[named.file, log] as const] : []
    }),
  )
  const chain: T[] = []
  for (let log: T | undefined = start; log; log = byFile.get(next(lineageOf(log.name).file))) chain.push(log)
  return chain
}

/** The store's clock and the server's may differ. */
const apartMs = 10 * 60_000

/** `binlog.000009` → `binlog.000010` */
function next(file: string): string {
  const dot = file.lastIndexOf('.')
  const digits = file.slice(dot + 1)
  return `${file.slice(0, dot + 1)}${String(Number(digits) + 1).padStart(digits.length, '0')}`
}
