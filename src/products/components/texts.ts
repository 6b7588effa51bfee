import type { PartProblem } from './components.ts'

export type ComponentProblem =
  | PartProblem
  | 'not-found'
  | 'several'
  | 'not-a-quantity'
  | 'not-a-multiple'
  | 'too-many'

export const componentTexts: Record<ComponentProblem, { field: 'part' | 'quantity'; text: string }> = {
  itself: { field: 'part', text: 'Un producto no puede llevarse a sí mismo.' },
  cycle: { field: 'part', text: 'Ese producto ya lleva a este: se perseguirían sin fin.' },
  'too-deep': {
    field: 'part',
    text: 'Llega hasta dos niveles: un combo de porciones, y la porción de un entero.',
  },
  'not-found': { field: 'part', text: 'No encontramos ese producto. Escribe su nombre o su código.' },
  several: { field: 'part', text: 'Hay varios parecidos: elige uno.' },
  'not-a-quantity': { field: 'quantity', text: 'Escribe una cantidad, por ejemplo 1, 1/4 o 0.25.' },
  'not-a-multiple': {
    field: 'quantity',
    text: 'Ese producto no se parte así. Usa una cantidad entera de sus porciones.',
  },
  'too-many': { field: 'part', text: 'Llega hasta 30 componentes.' },
}
