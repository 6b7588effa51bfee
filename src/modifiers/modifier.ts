/** A question about a product, «Presa», and its answers, «Pierna», «Sin ensalada», «Ají extra» at S/ 1.00. */
export type ModifierGroup = {
  id: number
  name: string
  min: number
  max: number
  /** How many products ask it. */
  productCount: number
  options: ModifierOption[]
}
export type ModifierOption = { id: number; name: string; priceCentimos: number; active: boolean }

export const limits = { name: 60, most: 20, options: 60 }

/** «Elige 1», «Elige de 1 a 3», «Hasta 3, o ninguna» */
export function groupRule({ min, max }: Pick<ModifierGroup, 'min' | 'max'>): string {
  if (min === 0) return max === 1 ? 'Una o ninguna' : `Hasta ${max}, o ninguna`
  return min === max ? `Elige ${min}` : `Elige de ${min} a ${max}`
}
