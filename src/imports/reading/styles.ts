/** How a number cell is shown, as far as it changes what a person reads. */
export type Shown = { isDate: boolean; isTime?: true; isPercent?: true; zeros?: number; decimals?: 2 }

const general: Shown = { isDate: false }

/** Excel's own formats by number (ECMA-376, 18.8.30), and those that its eastern editions add for dates. */
function builtIn(id: number): Shown {
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return { isDate: true }
  if (id === 22) return { isDate: true }
  if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47)) return { isDate: true, isTime: true }
  if (id === 9 || id === 10) return { isDate: false, isPercent: true }
  if (id === 2 || id === 4 || id === 7 || id === 8 || id === 39 || id === 40 || id === 43 || id === 44) {
    return { isDate: false, decimals: 2 }
  }
  return general
}

export function shownBy(id: number, custom: ReadonlyMap<number, string>): Shown {
  const code = custom.get(id)
  return code === undefined ? builtIn(id) : shownByCode(code)
}

/** Excel's own limit. */
const longestCode = 255

/** `"S/" #,##0.00` is a figure, `dd/mm/yyyy` a date, `0000` a code with its zeros. */
export function shownByCode(code: string): Shown {
  const bare = (code.slice(0, longestCode).split(';')[0] ?? '')
    .replace(/"[^"]*"/g, '')
    .replace(/\\./g, '')
    .replace(/_./g, '')
    .replace(/\*./g, '')
    .replace(/\[(?!h|m|s)[^\]]*\]/gi, '')
    .trim()
  if (/^general/i.test(bare) || bare === '@') return general
  if (/[ymdhs]/i.test(bare) && !/[0#?]{2}|[#?]/.test(bare.replace(/\.0+/g, '').replace(/ss\.0+/gi, ''))) {
    return /[yd]/i.test(bare) || /(?<!h:?\s?)mmm/i.test(bare)
      ? { isDate: true }
      : { isDate: true, isTime: true }
  }
  if (bare.includes('%')) return { isDate: false, isPercent: true }
  if (/^0{2,20}$/.test(bare)) return { isDate: false, zeros: bare.length }
  if (/0\.00(?![0#?])/.test(bare) && !/e/i.test(bare)) return { isDate: false, decimals: 2 }
  return general
}

const day = 86_400_000

/** The day of a serial number as people write it here: `15/08/2026`, `15/08/2026 20:15`, `12:50`. */
export function dateText(serial: number, { isTime }: Shown, is1904: boolean): string | null {
  if (!Number.isFinite(serial) || serial < 0 || serial > 2_958_466) return null
  // Excel believes that 1900 had a 29 February: before it, one day less.
  const days = is1904 ? serial + 1462 : serial < 60 ? serial + 1 : serial
  const at = new Date(Math.round((days - 25_569) * day))
  const two = (value: number) => String(value).padStart(2, '0')
  const time = `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`
  if (isTime) return time
  const date = `${two(at.getUTCDate())}/${two(at.getUTCMonth() + 1)}/${at.getUTCFullYear()}`
  return Math.abs(serial % 1) > 1e-6 ? `${date} ${time}` : date
}

/** A number as a person sees it: every digit that the file holds, without the dirt of binary fractions. */
export function numberText(raw: string, shown: Shown): string | null {
  const typed = raw.trim()
  if (/^\d{1,40}$/.test(typed)) return shown.zeros ? typed.padStart(shown.zeros, '0') : typed
  const value = Number(typed)
  if (typed === '' || !Number.isFinite(value)) return null
  const clean = Number(value.toPrecision(15))
  if (shown.isPercent) return `${Number((clean * 100).toPrecision(12))}%`
  if (shown.decimals === 2 && !Number.isInteger(clean * 100)) return plainFigure(roundedToCents(clean))
  return plainFigure(clean)
}

const roundedToCents = (value: number) => (Math.sign(value) * Math.round(Math.abs(value) * 100 + 1e-7)) / 100

/** Without an exponent: `0.0000001`, `1234567890123456789012`. */
function plainFigure(value: number): string {
  const text = String(value)
  if (!text.includes('e')) return text
  return Math.abs(value) < 1 ? value.toFixed(20).replace(/0+$/, '') : BigInt(value).toString()
}
