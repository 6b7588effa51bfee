import { parseSoles } from '#src/lib/money.ts'

export type ProductInput = {
  name: string
  priceCentimos: number
  category: string | null
  code: string | null
  barcode: string | null
}

export type Affectation = '10' | '20' | '30'

/** What only the product's own page asks. */
export type ProductDetails = {
  shortName: string | null
  costCentimos: number | null
  unit: 'unidad' | 'kg'
  stepThousandths: number
  affectation: Affectation
  presentation: string | null
  emoji: string | null
  forSale: boolean
}

/** A product as the table and its own page show it. */
export type ProductRow = ProductInput &
  ProductDetails & {
    id: number
    active: boolean
    photoId: string | null
    favouritePosition: number | null
    tracksStock: boolean
    /** In all branches together. */
    stockThousandths: number
    /** In how many branches it is not to be had today. */
    unavailableIn: number
  }

export const limits = {
  name: 120,
  shortName: 36,
  category: 60,
  code: 32,
  presentation: 40,
  emoji: 16,
  pageSize: 50,
}

export type NameProblem = 'name-missing' | 'name-too-long'

/** Names are counted as people count them: an emoji is one, an accent belongs to its letter. */
export function nameProblem(name: string): NameProblem | null {
  if (name === '') return 'name-missing'
  return [...name].length > limits.name ? 'name-too-long' : null
}

export type PriceProblem = Extract<ReturnType<typeof parseSoles>, { ok: false }>['problem'] | 'zero'

/** How a product is sold: by pieces, by kilos to the gram, or by eighths of a chicken. */
export const measures = {
  unidad: { unit: 'unidad', stepThousandths: 1000 },
  kg: { unit: 'kg', stepThousandths: 1 },
  octavo: { unit: 'unidad', stepThousandths: 125 },
} as const
export type Measure = keyof typeof measures

export function measureOf({
  unit,
  stepThousandths,
}: Pick<ProductDetails, 'unit' | 'stepThousandths'>): Measure {
  if (unit === 'kg') return 'kg'
  return stepThousandths === 125 ? 'octavo' : 'unidad'
}

/** One picture sign and nothing else, however many code points it is made of. */
export function isEmoji(text: string): boolean {
  const [only, more] = new Intl.Segmenter('es', { granularity: 'grapheme' }).segment(text)
  return Boolean(only) && !more && [...text].length <= limits.emoji && pictographic.test(text)
}

const pictographic = /\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|^[\d#*]\ufe0f?\u20e3$/u

/** What is sold costs something: a 0 is a price that was forgotten, and the till would sell it for nothing. */
export function parsePrice(
  text: string,
): { ok: true; centimos: number } | { ok: false; problem: PriceProblem } {
  const parsed = parseSoles(text)
  return parsed.ok && parsed.centimos === 0 ? { ok: false, problem: 'zero' } : parsed
}

/**
 * Spaces around and inside count once; what a scanner or Excel adds around a code is dropped, and so is what
 * nobody sees (a name with it looks like its twin, and is equal to it for the database). The joiner of an
 * emoji (👨‍🍳 is three signs) stays where one stands before it.
 */
export const tidy = (text: string) => text.replace(unseen, '').replace(/\s+/g, ' ').trim()
const unseen = /(?<!\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u{FE0F})\u{200D}|(?!\u{200D})\p{Cf}/gu
