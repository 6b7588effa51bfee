import { formatScreenDate } from '#src/lib/lima.ts'
import type { SolesProblem } from '#src/lib/money.ts'

export type OpeningProblem =
  | 'locked'
  | 'other-business'
  | 'unknown-register'
  | 'already-open'
  | 'request-key-reused'
export type OpeningRefusal = { ok: false; problem: OpeningProblem; since?: { openedAt: Date; by: string } }

const floatTexts: Record<SolesProblem, string> = {
  'not-a-price': 'Escribe un monto, por ejemplo 50.00.',
  'too-many-decimals': 'Usa hasta dos decimales.',
  negative: 'El sencillo no puede ser negativo.',
  'too-large': 'El sencillo llega hasta S/\u00a099,999.99.',
}
export const floatText = (problem: SolesProblem) => floatTexts[problem]

const openingTexts: Record<OpeningProblem, (refusal: OpeningRefusal) => string> = {
  'other-business': () => 'Aquí entró otro negocio. Esta es su caja: revisa antes de abrirla.',
  locked: () => 'Hoy no se puede abrir la caja.',
  'unknown-register': () => 'Esa caja no existe en tu negocio.',
  'already-open': ({ since }) =>
    since
      ? `Esta caja ya está abierta: la abrió ${since.by || 'el dueño'} el ${formatScreenDate(since.openedAt)}`
      : 'Esta caja ya está abierta.',
  'request-key-reused': () => 'Este formulario ya se usó. Recarga la página.',
}
export const openingText = (refusal: OpeningRefusal) => openingTexts[refusal.problem](refusal)
