import { type CopyEntry, copiesOf, type Manifest } from '#src/backups/manifest.ts'

/** Nights whose files all stay on this machine; weeks and months live in the store. */
export const localNights = 3
/** However many are too old: a night that is wrong about the calendar takes little with it. */
const removedAtMost = 3

/** So long the last copies of a deleted business stay. */
const deletedDays = 90

export type KnownOfCopies = {
  /** Whether the copy that this night lists was restored and found good. */
  isVerified(night: string, entry: CopyEntry): boolean
  /** Whether the business is gone for good. */
  isDeleted(entry: CopyEntry): boolean
}

export type Removal = { night: string; entries: CopyEntry[]; isWholeNight: boolean }

/**
 * What leaves this disk, oldest first. Nights are counted, never measured against the clock, and a night of the
 * future neither counts nor goes: a wrong clock removes nothing that a right one would keep. Of each business its
 * newest copy and its last verified one stay, however old they are; of one that was deleted for good only so long as
 * the law may want it back, for its owner has a right to be forgotten (Ley 29733).
 */
export function toRemove(
  manifests: readonly Manifest[],
  tonight: string,
  { isVerified, isDeleted }: KnownOfCopies,
): Removal[] {
  const past = manifests
    .filter(({ night }) => night <= tonight)
    .toSorted((a, b) => (a.night < b.night ? 1 : -1))
  const kept = new Set<CopyEntry>()
  const [newest, verified] = [new Set<number>(), new Set<number>()]
  for (const manifest of past) {
    for (const entry of copiesOf(manifest)) {
      if (isDeleted(entry) && daysBetween(manifest.night, tonight) > deletedDays) continue
      if (!newest.has(entry.tenantId)) kept.add(entry)
      newest.add(entry.tenantId)
      if (verified.has(entry.tenantId) || !isVerified(manifest.night, entry)) continue
      kept.add(entry)
      verified.add(entry.tenantId)
    }
  }
  // A night in which nothing could be copied is no night to count.
  const old = past.filter((manifest) => copiesOf(manifest).length > 0).slice(localNights)
  return old
    .toReversed()
    .flatMap((manifest) => {
      const entries = copiesOf(manifest).filter((entry) => !kept.has(entry))
      const isWholeNight = entries.length === copiesOf(manifest).length
      return entries.length > 0 ? [{ night: manifest.night, entries, isWholeNight }] : []
    })
    .slice(0, removedAtMost)
}

/**
 * Folders of nights that never finished: what lies in them was never named by anybody. They stay as long as a night
 * does, for a person may want to look; one of the future, or with a manifest that cannot be read, is not touched.
 */
export function unfinished(
  nights: readonly { night: string; hasManifest: boolean }[],
  finished: readonly string[],
  tonight: string,
): string[] {
  const oldest = finished
    .filter((night) => night <= tonight)
    .toSorted()
    .at(-localNights)
  if (oldest === undefined) return []
  return nights.filter(({ night, hasManifest }) => !hasManifest && night < oldest).map(({ night }) => night)
}

const daysBetween = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
