// Instants are UTC; people live in Lima, UTC−5 without daylight saving (PERU.md, section 5). Done by
// hand: the till's page needs it, and a shop's old browser may carry old time zones.

const hour = 3_600_000
const day = 24 * hour
const offset = -5 * hour

const weekdays = ['dom', 'lun', 'mar', 'mié', 'jue', 'vie', 'sáb']
const months = ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'set', 'oct', 'nov', 'dic']
const longMonths = [
  'enero',
  'febrero',
  'marzo',
  'abril',
  'mayo',
  'junio',
  'julio',
  'agosto',
  'setiembre',
  'octubre',
  'noviembre',
  'diciembre',
]

/** The wall clock in Lima, read through the UTC getters. */
const wall = (at: Date) => new Date(at.getTime() + offset)
const two = (n: number) => String(n).padStart(2, '0')

/** `2026-11-23` */
export function limaDate(at: Date): string {
  return wall(at).toISOString().slice(0, 10)
}

/** `lun 23 nov, 8:15 p. m.` */
export function formatScreenDate(at: Date): string {
  const w = wall(at)
  return `${weekdays[w.getUTCDay()]} ${w.getUTCDate()} ${months[w.getUTCMonth()]}, ${formatHour(at)}`
}

/** `23 nov` */
export function formatShortDay(at: Date): string {
  const w = wall(at)
  return `${w.getUTCDate()} ${months[w.getUTCMonth()]}`
}

/** The day of a heading: `Hoy`, `Ayer`, `dom 22 nov`, and with its year when that is another one. */
export function formatDay(at: Date, now: Date): string {
  const daysAgo = limaDaysBetween(at, now)
  if (daysAgo === 0) return 'Hoy'
  if (daysAgo === 1) return 'Ayer'
  const w = wall(at)
  const year = w.getUTCFullYear()
  const day = `${weekdays[w.getUTCDay()]} ${w.getUTCDate()} ${months[w.getUTCMonth()]}`
  return year === wall(now).getUTCFullYear() ? day : `${day} ${year}`
}

/** In a list: the hour alone today, and otherwise with its day. */
export function formatMoment(at: Date, now: Date): string {
  return limaDaysBetween(at, now) === 0 ? formatHour(at) : formatScreenDate(at)
}

/** `8:15 p. m.` */
export function formatHour(at: Date): string {
  const w = wall(at)
  const hours = w.getUTCHours()
  return `${hours % 12 || 12}:${two(w.getUTCMinutes())} ${hours < 12 ? 'a. m.' : 'p. m.'}`
}

/** `23/11/2026 20:15` */
export function formatPaperDate(at: Date): string {
  const w = wall(at)
  const date = `${two(w.getUTCDate())}/${two(w.getUTCMonth() + 1)}/${w.getUTCFullYear()}`
  return `${date} ${two(w.getUTCHours())}:${two(w.getUTCMinutes())}`
}

/** `2026-12-31` → `31 de diciembre de 2026` */
export function formatLongDate(date: string): string {
  const [year, month, dayOfMonth] = date.split('-').map(Number)
  return `${dayOfMonth} de ${longMonths[(month ?? 1) - 1]} de ${year}`
}

/** The Lima day that contains this instant: from its midnight up to, and without, the next. */
export function limaDayBounds(at: Date): { from: Date; to: Date } {
  const from = Math.floor((at.getTime() + offset) / day) * day - offset
  return { from: new Date(from), to: new Date(from + day) }
}

/** How many midnights of Lima lie between two instants. */
export function limaDaysBetween(from: Date, to: Date): number {
  return (limaDayBounds(to).from.getTime() - limaDayBounds(from).from.getTime()) / day
}
