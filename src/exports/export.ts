/** Where «Descargar todo» stands. Pure: the clock comes in. */

const hour = 3_600_000
/** How long the zip may be fetched; then it is taken away. */
export const downloadHours = 24
/** So long the one who makes it may be silent before it counts as failed. */
export const leaseMs = 20_000
/** Below this share of free disk nothing is made: a full disk stops every till (OPERATIONS.md, section 3). */
export const leastFreeShare = 0.05

export type ExportFacts = {
  id: number
  status: 'waiting' | 'making' | 'ready' | 'failed' | 'gone'
  doneParts: number
  allParts: number
  bytes: number | null
  createdAt: Date
  leaseUntil: Date | null
  expiresAt: Date | null
}

export type ExportShown =
  | { kind: 'none' }
  /** Another business's is being made on this machine first. */
  | { kind: 'waiting' }
  | { kind: 'making'; doneParts: number; allParts: number }
  | { kind: 'ready'; id: number; bytes: number; takenAt: Date; expiresAt: Date }
  | { kind: 'failed' }

/** A maker whose lease is over died in the middle: there is no file, and never half of one. */
export function exportShown(facts: ExportFacts | null, now: Date): ExportShown {
  if (!facts) return { kind: 'none' }
  switch (facts.status) {
    case 'waiting':
    case 'making':
      if (!isAlive(facts, now)) return { kind: 'failed' }
      return facts.status === 'waiting'
        ? { kind: 'waiting' }
        : { kind: 'making', doneParts: facts.doneParts, allParts: facts.allParts }
    case 'ready':
      return mayFetch(facts, now)
        ? {
            kind: 'ready',
            id: facts.id,
            bytes: facts.bytes ?? 0,
            takenAt: facts.createdAt,
            expiresAt: facts.expiresAt ?? now,
          }
        : { kind: 'none' }
    case 'failed':
      return { kind: 'failed' }
    case 'gone':
      return { kind: 'none' }
  }
}

export const isAlive = ({ leaseUntil }: Pick<ExportFacts, 'leaseUntil'>, now: Date) =>
  leaseUntil !== null && now < leaseUntil

export const mayFetch = ({ status, expiresAt }: Pick<ExportFacts, 'status' | 'expiresAt'>, now: Date) =>
  status === 'ready' && expiresAt !== null && now < expiresAt

export const isUnderway = (shown: ExportShown) => shown.kind === 'waiting' || shown.kind === 'making'

export const expiryFrom = (now: Date) => new Date(now.getTime() + downloadHours * hour)
export const leaseFrom = (now: Date) => new Date(now.getTime() + leaseMs)

/** `3.4 MB`, `120 KB`: as a phone shows the size of a file. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000))}\u00a0KB`
  return `${(bytes / 1_000_000).toFixed(1)}\u00a0MB`
}
