import { count } from '#src/lib/text.ts'
import { limits } from './modifier.ts'

export type ModifierProblem = 'name-taken' | 'in-use' | 'has-options' | 'too-many' | 'not-found'

export const modifierTexts: Record<ModifierProblem, (n?: number) => string> = {
  'name-taken': () => 'Ya hay una con ese nombre.',
  'in-use': (n = 1) =>
    `La ${n === 1 ? 'usa' : 'usan'} ${count(n, 'producto', 'productos')}: quítala de ahí primero.`,
  'has-options': () => 'Quita antes sus opciones.',
  'too-many': () => `Llega hasta ${limits.options} opciones.`,
  'not-found': () => 'Esa opción ya no está.',
}

export const fieldTexts = {
  nameMissing: 'Escribe un nombre.',
  nameTooLong: `Usa hasta ${limits.name} letras.`,
  count: `Escribe un número de 0 a ${limits.most}.`,
  most: `Escribe un número de 1 a ${limits.most}.`,
  order: 'El máximo no puede ser menor que el mínimo.',
}
