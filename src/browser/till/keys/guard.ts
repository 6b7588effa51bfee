/**
 * «Two presses in the same place never take money» (UX.md, section 1). The press that opened the payment
 * is remembered; until anything else was pressed or typed, a press there (or the same Enter) charges nothing.
 * The press that charged is remembered too: its second half must not fall on what now lies under it.
 */
export type Point = { x: number; y: number }
/** A click without a pointer or a key: a screen reader, a voice. */
export type Click = { button: unknown }
export type Press = Point | Click | 'Enter'

export type Guard = {
  /** The payment was opened by this press; null: by F2, which never charges. */
  opened: (by: Press | null) => void
  pressed: (point: Point) => void
  clicked: (button: unknown) => void
  typed: (key: string) => void
  mayCharge: () => boolean
  /** A sale leaves because of the newest press. */
  sent: () => void
  charged: () => void
  /** The second half of the press that charged: the same place or the same key, a moment later. */
  isEcho: (press: Press) => boolean
}

const sameSpot = 48
/** No double press takes longer; whoever cannot point must not have to go elsewhere first. */
const settleMs = 500

export function makeGuard(now: () => number = () => performance.now()): Guard {
  let opening: Press | null = null
  let openedAt = 0
  let newest: Press | null = null
  let charging: Press | null = null
  let chargedAt = Number.NEGATIVE_INFINITY

  const heard = (press: Press | null) => {
    newest = press
    if (!press || !opening || !isSame(opening, press)) opening = null
  }
  return {
    opened: (by) => {
      opening = by
      openedAt = now()
    },
    pressed: heard,
    clicked: (button) => heard({ button }),
    typed: (key) => {
      // A screen reader's Enter after its click is the same hand.
      const isSameHand = key === 'Enter' && opening !== null && isClick(opening)
      if (isSameHand) newest = 'Enter'
      else heard(key === 'Enter' ? 'Enter' : null)
    },
    mayCharge: () => opening === null || (isClick(opening) && now() - openedAt >= settleMs),
    sent: () => {
      charging = newest
    },
    charged: () => {
      chargedAt = now()
    },
    isEcho: (press) => charging !== null && now() - chargedAt < settleMs && isSame(charging, press),
  }
}

const isClick = (press: Press): press is Click => press !== 'Enter' && 'button' in press

function isSame(one: Press, other: Press): boolean {
  if (one === 'Enter' || other === 'Enter') return one === other
  if (isClick(one) || isClick(other)) return isClick(one) && isClick(other) && one.button === other.button
  return Math.hypot(one.x - other.x, one.y - other.y) < sameSpot
}
