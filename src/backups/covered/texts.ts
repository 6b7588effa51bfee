import type { Cover } from '#src/backups/covered/covered.ts'
import { formatDay, formatPaperDate } from '#src/lib/lima.ts'
import { formatSoles } from '#src/lib/money.ts'
import { count } from '#src/lib/text.ts'

/** What the owner reads of her copies. */
export function coverText(cover: Cover, now: Date): string {
  switch (cover.kind) {
    case 'first-tonight':
      return 'Tu primera copia se hace esta noche.'
    case 'first-waits':
      return 'Tu primera copia ya está hecha. Falta verificarla.'
    case 'covered':
      return [
        `Copia verificada ${momentText(cover.takenAt, now)}`,
        count(cover.salesMade, 'venta', 'ventas'),
        formatSoles(cover.salesCentimos),
      ].join(' · ')
    case 'uncovered':
      return cover.since
        ? `Lo que hiciste desde ${sinceText(cover.since, now)} todavía no está en una copia verificada. Nuestro equipo ya tiene el aviso.`
        : 'Tu negocio todavía no tiene una copia verificada. Nuestro equipo ya tiene el aviso.'
  }
}

/** `hoy 03:12`, `ayer 03:12`, `dom 22 nov 03:12` */
const momentText = (at: Date, now: Date) => `${dayText(at, now)} ${clockText(at)}`

/** `ayer a las 03:12`, `el dom 22 nov a las 03:12` */
function sinceText(at: Date, now: Date): string {
  const day = dayText(at, now)
  return `${/^(hoy|ayer)$/.test(day) ? day : `el ${day}`} a las ${clockText(at)}`
}

const dayText = (at: Date, now: Date) => formatDay(at, now).toLowerCase()
const clockText = (at: Date) => formatPaperDate(at).slice(-5)

/** For the operator, above the queues of «Hoy». */
export const uncoveredTitle = (n: number) => `${count(n, 'negocio', 'negocios')} sin copia verificada`
export const uncoveredHint =
  'Lo que cambió hace más de 36 horas no está en ninguna copia verificada. Mira «Tareas» y corre smartket doctor.'
