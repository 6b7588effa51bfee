import type { NameProblem, PriceProblem } from './product.ts'
import { limits } from './product.ts'
import type { State } from './search.ts'

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

export type ProductProblem = {
  problem: 'code-taken' | 'barcode-taken' | 'has-fractions'
  takenBy: string
}

/** Which field it belongs to, and its sentence. */
export const problemTexts = {
  'code-taken': (takenBy: string) => ({ field: 'code', text: `Ese código ya es de «${takenBy}».` }),
  'barcode-taken': (takenBy: string) => ({
    field: 'barcode',
    text: `Ese código de barras ya es de «${takenBy}».`,
  }),
  'has-fractions': (takenBy: string) => ({
    field: 'measure',
    text: takenBy
      ? `«${takenBy}» lo usa en fracciones: cambia eso primero.`
      : 'Su stock tiene fracciones: cuéntalo primero.',
  }),
} as const

export const fieldTexts = {
  category: `Usa hasta ${limits.category} letras en la categoría.`,
  code: `Usa hasta ${limits.code} letras o números.`,
  shortName: `Usa hasta ${limits.shortName} letras en el nombre corto.`,
  presentation: `Usa hasta ${limits.presentation} letras en la presentación.`,
  emoji: 'Usa un solo emoji, por ejemplo 🍗.',
}

export const stateNames: Record<State, string> = {
  '': 'Todos',
  venta: 'A la venta',
  ocultos: 'Ocultos',
  'sin-stock': 'Sin stock',
  agotados: 'Agotados',
  contados: 'Solo se cuentan',
}
