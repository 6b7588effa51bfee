// Días hábiles: Monday to Friday, without the national holidays (D.Leg. 713, art. 6, and the laws named below).
// Days are written as Lima's calendar has them, '2026-11-23'.

const dayMs = 86_400_000

/** A holiday of every year on the same date, from the first year on which it was one. */
const holidays: readonly { date: string; since: number; name: string }[] = [
  { date: '01-01', since: 1991, name: 'Año Nuevo' },
  { date: '05-01', since: 1991, name: 'Día del Trabajo' },
  // Ley 31788
  { date: '06-07', since: 2023, name: 'Batalla de Arica y Día de la Bandera' },
  { date: '06-29', since: 1991, name: 'San Pedro y San Pablo' },
  // Ley 31822
  { date: '07-23', since: 2023, name: 'Día de la Fuerza Aérea del Perú' },
  { date: '07-28', since: 1991, name: 'Fiestas Patrias' },
  { date: '07-29', since: 1991, name: 'Fiestas Patrias' },
  // Ley 31530
  { date: '08-06', since: 2022, name: 'Batalla de Junín' },
  { date: '08-30', since: 1991, name: 'Santa Rosa de Lima' },
  { date: '10-08', since: 1991, name: 'Combate de Angamos' },
  { date: '11-01', since: 1991, name: 'Todos los Santos' },
  { date: '12-08', since: 1991, name: 'Inmaculada Concepción' },
  // Ley 31381
  { date: '12-09', since: 2022, name: 'Batalla de Ayacucho' },
  { date: '12-25', since: 1991, name: 'Navidad' },
]

/** The holiday's name, or null on any other day. */
export function holidayOn(day: string): string | null {
  const year = Number(day.slice(0, 4))
  const fixed = holidays.find(({ date, since }) => date === day.slice(5) && year >= since)
  if (fixed) return fixed.name
  const easter = easterSunday(year)
  if (day === plusDays(easter, -3)) return 'Jueves Santo'
  return day === plusDays(easter, -2) ? 'Viernes Santo' : null
}

export function isBusinessDay(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6 && holidayOn(day) === null
}

/** The last day of a term of so many business days; the first of them is the one after `from`. */
export function addBusinessDays(from: string, count: number): string {
  let day = from
  for (let left = count; left > 0; ) {
    day = plusDays(day, 1)
    if (isBusinessDay(day)) left--
  }
  return day
}

/** From tomorrow to the last day: 0 is today, and below zero are the business days that have passed since. */
export function businessDaysLeft(today: string, lastDay: string): number {
  if (today > lastDay) return -between(lastDay, today) || -1
  return between(today, lastDay)
}

function between(after: string, upTo: string): number {
  let days = 0
  for (let day = plusDays(after, 1); day <= upTo; day = plusDays(day, 1)) if (isBusinessDay(day)) days++
  return days
}

const plusDays = (day: string, n: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + n * dayMs).toISOString().slice(0, 10)

/** Easter of the Gregorian calendar (the algorithm of Meeus, Jones and Butcher). */
function easterSunday(year: number): string {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const skipped = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3)
  const epact = (19 * golden + century - Math.floor(century / 4) - skipped + 15) % 30
  const sunday = (32 + 2 * (century % 4) + 2 * Math.floor((year % 100) / 4) - epact - (year % 4)) % 7
  const late = Math.floor((golden + 11 * epact + 22 * sunday) / 451)
  const sum = epact + sunday - 7 * late + 114
  const two = (n: number) => String(n).padStart(2, '0')
  return `${year}-${two(Math.floor(sum / 31))}-${two((sum % 31) + 1)}`
}
