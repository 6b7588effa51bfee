import { formatSoles, maxPriceCentimos, mulDiv } from '#src/lib/money.ts'
import { count } from '#src/lib/text.ts'

/** What can be done to many products at once. */
export const kinds = ['precio', 'categoria', 'ocultar', 'mostrar', 'borrar'] as const
export type BulkKind = (typeof kinds)[number]

export type Percent = { ok: true; basisPoints: number } | { ok: false; problem: PercentProblem }
export type PercentProblem = 'not-a-percent' | 'out-of-range'

/** `10`, `+5`, `-7.5 %`, `2,25`: hundredths of a percent. Zero changes nothing and is refused. */
export function readPercent(text: string): Percent {
  const match = /^([-−+]?)\s*(\d{1,4})(?:[.,](\d{1,2}))?\s*%?$/.exec(text.trim())
  const size = match ? Number(match[2]) * 100 + Number((match[3] ?? '').padEnd(2, '0')) : 0
  if (!match || size === 0) return { ok: false, problem: 'not-a-percent' }
  const basisPoints = match[1] && match[1] !== '+' ? -size : size
  if (basisPoints < -9000 || basisPoints > 50_000) return { ok: false, problem: 'out-of-range' }
  return { ok: true, basisPoints }
}

/**
 * Rounded to S/ 0.10, half up; what has a price keeps one, of S/ 0.10 at least. Rounding never goes against what
 * was asked: S/ 15.04 and 0.1 % more would be S/ 15.10, but 0.01 % more S/ 15.00, and so it stays.
 */
export function priceBy(priceCentimos: number, basisPoints: number): number {
  if (priceCentimos === 0) return 0
  const next = Math.max(10, mulDiv(priceCentimos, 10_000 + basisPoints, 100_000) * 10)
  return basisPoints > 0 ? Math.max(priceCentimos, next) : Math.min(priceCentimos, next)
}

export type PricedProduct = { id: number; name: string; priceCentimos: number }
export type PriceChange = PricedProduct & { newCentimos: number }
export type PricePlan = { changes: PriceChange[]; same: number; tooDear: PricedProduct | null }

export function planPrices(products: readonly PricedProduct[], basisPoints: number): PricePlan {
  const all = products.map((product) => ({
    ...product,
    newCentimos: priceBy(product.priceCentimos, basisPoints),
  }))
  const changes = all.filter((row) => row.newCentimos !== row.priceCentimos)
  return {
    changes,
    same: all.length - changes.length,
    tooDear: changes.find((row) => row.newCentimos > maxPriceCentimos) ?? null,
  }
}

/** «12.5 %» */
export const percentText = (basisPoints: number) => `${String(Math.abs(basisPoints) / 100)}\u00a0%`

/** «Sube 10 % el precio de 37 productos. Por ejemplo, 1/4 pollo pasa de S/ 15.00 a S/ 16.50.» */
export function previewText({ changes, same }: PricePlan, basisPoints: number): string {
  const verb = basisPoints > 0 ? 'Sube' : 'Baja'
  const examples = changes
    .slice(0, 2)
    .map((row) => `${row.name} pasa de ${formatSoles(row.priceCentimos)} a ${formatSoles(row.newCentimos)}`)
  const example = examples.length > 0 ? ` Por ejemplo, ${examples.join(' y ')}.` : ''
  const left = same > 0 ? ` ${count(same, 'queda igual', 'quedan igual')}.` : ''
  const many = count(changes.length, 'producto', 'productos')
  return `${verb} ${percentText(basisPoints)} el precio de ${many}, redondeado a S/\u00a00.10.${example}${left}`
}

/** What a change over many was, for «Deshacer»: product, before, after. */
export type Change<T = unknown> = [id: number, before: T, after: T]
