import type { NameProblem, PriceProblem } from './product.ts'
import { limits } from './product.ts'

/** UX.md, section 11. */
export const priceTexts: Record<PriceProblem, string> = {
  'not-a-price': 'Escribe un precio, por ejemplo 12.50.',
  zero: 'Escribe un precio mayor que 0.',
  'too-many-decimals': 'Usa hasta dos decimales.',
  negative: 'El precio no puede ser negativo.',
  'too-large': 'El precio llega hasta S/ 99,999.99.',
}

export const nameTexts: Record<NameProblem, string> = {
  'name-missing': 'Escribe el nombre del producto.',
  'name-too-long': `Usa hasta ${limits.name} letras en el nombre.`,
}

export type ProductProblem = { problem: 'code-taken' | 'barcode-taken'; takenBy: string }

/** Which field it belongs to, and its sentence. */
export const problemTexts = {
  'code-taken': (takenBy: string) => ({ field: 'code', text: `Ese código ya es de «${takenBy}».` }),
  'barcode-taken': (takenBy: string) => ({
    field: 'barcode',
    text: `Ese código de barras ya es de «${takenBy}».`,
  }),
} as const

export const fieldTexts = {
  category: `Usa hasta ${limits.category} letras en la categoría.`,
  code: `Usa hasta ${limits.code} letras o números.`,
}
