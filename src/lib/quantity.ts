// Quantities are whole thousandths: 3 bottles are 3000, 1.250 kg are 1250, an eighth of a chicken is
// 125. Also runs in the till's page.

/** 9,999 pieces or kilos in one line. */
export const maxQuantityThousandths = 9_999_000

/**
 * `3`, `1.250`, `1,25` (always a decimal comma: nobody types thousands of pieces at a counter), and the
 * fractions that a pollería says: `1/2`, `12 3/4`. Null for anything else, 0 and less included.
 */
export function parseQuantity(text: string): number | null {
  const typed = text.trim()
  if (typed.length > 20) return null
  const thousandths = decimals(typed) ?? fraction(typed)
  return thousandths !== null && thousandths > 0 && thousandths <= maxQuantityThousandths ? thousandths : null
}

function decimals(typed: string): number | null {
  const match = /^(\d{1,7})(?:[.,](\d{1,3}))?$/.exec(typed)
  return match ? Number(match[1]) * 1000 + Number((match[2] ?? '').padEnd(3, '0')) : null
}

/** Halves, quarters and eighths only: thirds have no exact thousandths. */
function fraction(typed: string): number | null {
  const match = /^(?:(\d{1,4})\s+)?(\d{1,2})\/([248])$/.exec(typed)
  return match ? Number(match[1] ?? 0) * 1000 + (Number(match[2]) * 1000) / Number(match[3]) : null
}

/** 1000 → `1`, 1250 → `1.250`; with a step of 125 in eighths: `12 3/4`. What it writes, parseQuantity reads. */
export function formatQuantity(thousandths: number, step = 1000): string {
  const sign = thousandths < 0 ? '−' : ''
  const size = Math.abs(thousandths)
  const whole = Math.floor(size / 1000)
  const rest = size % 1000
  if (rest === 0) return `${sign}${whole}`
  if (step === 125 && rest % 125 === 0) return `${sign}${whole ? `${whole} ` : ''}${eighths[rest / 125]}`
  return `${sign}${whole}.${String(rest).padStart(3, '0')}`
}

const eighths = ['', '1/8', '1/4', '3/8', '1/2', '5/8', '3/4', '7/8']
