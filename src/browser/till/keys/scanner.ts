/**
 * A barcode scanner is a keyboard that types faster than a hand and ends with Enter. This file only
 * judges the timing; the clock comes in with each key.
 */

/** Two keys further apart than this were typed by a person. */
const betweenKeysMs = 35
/** Once this much came that fast, no hand is typing: a slow cable or a busy page may stretch what follows. */
const surelyScanner = 4
const betweenScannedMs = 70
/** What follows a stretched burst within this time is its tail: half a code finds another product, or none. */
const tailMs = 500
/** Some scanners send Enter twice; the second must not confirm what the first one opened. */
const secondEnterMs = 150
/** A shorter burst is a hand rolling over two keys. */
const shortestCode = 4

export type ScannerKey = { key: string; at: number }
export type Scanned = { kind: 'code'; code: string } | { kind: 'swallow' } | { kind: 'nothing' }

export type Scanner = {
  press: (key: ScannerKey) => Scanned
  /** The newest key began a burst: whatever stands in the field now was there before it. */
  justBegan: () => boolean
}

/** Answers for every key: a whole code, an Enter to swallow, or nothing. */
export function makeScanner(): Scanner {
  let burst = ''
  let isTail = false
  let lastAt = Number.NEGATIVE_INFINITY
  let scannedAt = Number.NEGATIVE_INFINITY

  const press = ({ key, at }: ScannerKey): Scanned => {
    const gap = at - lastAt
    const quick = gap < (burst.length >= surelyScanner ? betweenScannedMs : betweenKeysMs)
    if (!quick) isTail = gap < tailMs && (isTail || burst.length >= surelyScanner)
    if (key === 'Enter') {
      const code = quick ? burst : ''
      const isRest = isTail && quick
      burst = ''
      isTail = false
      if (isRest) return { kind: 'swallow' }
      if (code.length >= shortestCode) {
        scannedAt = at
        return { kind: 'code', code }
      }
      return at - scannedAt < secondEnterMs ? { kind: 'swallow' } : { kind: 'nothing' }
    }
    if (key.length !== 1) return { kind: 'nothing' }
    burst = /[0-9A-Za-z-]/.test(key) ? (quick ? burst + key : key) : ''
    lastAt = at
    return { kind: 'nothing' }
  }
  return { press, justBegan: () => burst.length === 1 }
}
