import { formatSoles } from '#src/lib/money.ts'

// Also runs in the product's page, while one types.

export type Margin = { centimos: number; percent: number }

/** What stays of the price, both tax included; null while there is no cost or nothing to divide. */
export function margin(priceCentimos: number, costCentimos: number | null): Margin | null {
  if (costCentimos === null || priceCentimos === 0) return null
  const centimos = priceCentimos - costCentimos
  return { centimos, percent: Math.round((centimos * 100) / priceCentimos) }
}

/** «S/ 4.50 (30 %)»; below zero it says so in words too. */
export function marginText(priceCentimos: number, costCentimos: number | null): string {
  const kept = margin(priceCentimos, costCentimos)
  if (!kept) return ''
  const text = `${formatSoles(kept.centimos)} (${String(kept.percent).replace('-', '−')}\u00a0%)`
  return kept.centimos < 0 ? `${text}: pierdes en cada venta` : text
}
