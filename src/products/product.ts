import { parseSoles } from '#src/lib/money.ts'

export type ProductInput = {
  name: string
  priceCentimos: number
  category: string | null
  code: string | null
  barcode: string | null
}

/** A product as the list and its own page show it. */
export type ProductRow = {
  id: number
  name: string
  priceCentimos: number
  category: string | null
  code: string | null
  barcode: string | null
  active: boolean
}

export const limits = { name: 120, category: 60, code: 32, pageSize: 50 }

export type NameProblem = 'name-missing' | 'name-too-long'

/** Names are counted as people count them: an emoji is one, an accent belongs to its letter. */
export function nameProblem(name: string): NameProblem | null {
  if (name === '') return 'name-missing'
  return [...name].length > limits.name ? 'name-too-long' : null
}

export type PriceProblem = Extract<ReturnType<typeof parseSoles>, { ok: false }>['problem'] | 'zero'

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
