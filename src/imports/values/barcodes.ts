const lengths = [8, 12, 13, 14]

/** Whether the last figure is the check digit of the others: EAN-8, UPC-A, EAN-13, GTIN-14. */
export function isScannedCode(digits: string): boolean {
  if (!/^\d+$/.test(digits) || !lengths.includes(digits.length) || /^0+$/.test(digits)) return false
  const sum = [...digits.slice(0, -1)]
    .reverse()
    .reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 3 : 1), 0)
  return (10 - (sum % 10)) % 10 === Number(digits.at(-1))
}

/**
 * The code with the zeros that a number cell lost, when the check digit says that it was so. One zero is put back
 * on any code; two or more only (`isLikely`) among columns of scanned codes: one code in ten fits by chance.
 */
export function withLostZeros(digits: string, isLikely: boolean): string | null {
  if (isScannedCode(digits)) return null
  const whole = lengths.slice(0, 3).find((length) => length > digits.length) ?? 0
  const lost = whole - digits.length
  if (lost < 1 || lost > (isLikely ? 3 : 1) || digits.length < 5) return null
  const restored = digits.padStart(whole, '0')
  return isScannedCode(restored) ? restored : null
}
