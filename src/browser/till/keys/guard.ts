/**
 * «Two presses in the same place never take money» (UX.md, section 1). The press that opened the payment
 * is remembered; until anything else was pressed or typed, a press there (or the same Enter) charges nothing.
 */
export type Point = { x: number; y: number }
export type Guard = {
  /** The payment was opened by this press; null: by F2, which never charges. */
  opened: (by: Point | 'Enter' | null) => void
  pressed: (point: Point) => void
  typed: (key: string) => void
  mayCharge: () => boolean
}

const sameSpot = 48

export function makeGuard(): Guard {
  let opening: Point | 'Enter' | null = null
  return {
    opened: (by) => {
      opening = by
    },
    pressed: (point) => {
      if (opening === 'Enter' || (opening && distance(opening, point) >= sameSpot)) opening = null
    },
    typed: (key) => {
      if (!(opening === 'Enter' && key === 'Enter')) opening = null
    },
    mayCharge: () => opening === null,
  }
}

const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y)
