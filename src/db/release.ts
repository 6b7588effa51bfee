/**
 * 0.10.2 is newer than 0.9.9: numbers, not text. What follows a `-` (a trial build) counts as its release.
 * Negative when `a` is older. Throws on what is no release: a typing error must not open a door.
 */
export function compareReleases(a: string, b: string): number {
  const [left, right] = [numbersOf(a), numbersOf(b)]
  for (let i = 0; i < 3; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

export const isRelease = (text: string): boolean => /^\d{1,5}\.\d{1,5}\.\d{1,5}(-[\w.]+)?$/.test(text)

function numbersOf(release: string): number[] {
  if (!isRelease(release)) throw new Error(`not a release: «${release}»`)
  return (release.split('-')[0] ?? '').split('.').map(Number)
}
