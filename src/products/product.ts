import type { parseSoles } from '#src/lib/money.ts'

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

export type PriceProblem = Extract<ReturnType<typeof parseSoles>, { ok: false }>['problem']

/** Spaces around and inside count once; what a scanner or Excel adds around a code is dropped. */
export const tidy = (text: string) => text.replace(/\s+/g, ' ').trim()
