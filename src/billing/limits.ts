/** How large a business may be under its plan. Pure: the plans and what there is come in. */

import { formatSoles } from '#src/lib/money.ts'
import { count, formatCount } from '#src/lib/text.ts'

export type Limited = 'branches' | 'registers' | 'staff' | 'products'

/** null: no limit, as in every trial. */
export type Limits = Record<Limited, number | null>

/** What there is and counts: people who still work there, products that are on sale. */
export type Usage = Record<Limited, number>

/** A limit as it is told: its sentence, and the one action that leads out of it. */
export type LimitNote = { text: string; way: { href: string; label: string } | null }

/** A plan as its limits are told; a row of `plans` is one. */
export type SizedPlan = Limits & { name: string; priceMonthlyCentimos: number | null }
export type PricedPlan = SizedPlan & { code: string; retiredAt?: Date | null }

export const limited: readonly Limited[] = ['branches', 'registers', 'staff', 'products']

/** What a plan is too small for; empty: it fits. */
export const fits = (plan: Limits, usage: Usage): Limited[] =>
  limited.filter((what) => isOver(plan[what], usage[what]))

/** «El que te queda»: the cheapest that fits, never one that is no longer sold. null: none is large enough. */
export function recommended(plans: readonly PricedPlan[], usage: Usage): string | null {
  return cheapest(plans.filter((plan) => fits(plan, usage).length === 0))?.code ?? null
}

/** May so many be added? One that is over its limit already (after a smaller plan) adds nothing, and keeps what it has. */
export const mayAdd = (limit: number | null, used: number, more = 1): boolean =>
  more <= 0 || !isOver(limit, used + more)

/** How many more there may be; null: as many as one likes. */
export const roomLeft = (limit: number | null, used: number): number | null =>
  limit === null ? null : Math.max(0, limit - used)

const nearPercent = 80

/** Told before it bites: from four fifths on, or with one left. */
export const isNear = (limit: number | null, used: number): boolean =>
  limit !== null && (used * 100 >= limit * nearPercent || limit - used <= 1)

/** UX.md, section 9: «Tu plan Puesto llega a 3 personas. Con Local tienes 12 por S/ 30 más al mes.» */
export function limitText(plan: SizedPlan, plans: readonly PricedPlan[], what: Limited): string {
  return `Tu plan ${plan.name} llega a ${amount(plan[what] ?? 0, what)}. ${wayOut(plan, plans, what)}`
}

/** The same, said before: «Tienes 410 productos; tu plan Puesto llega a 500. Con Local…» null: there is room enough. */
export function nearText(
  plan: SizedPlan,
  plans: readonly PricedPlan[],
  what: Limited,
  used: number,
): string | null {
  const limit = plan[what]
  if (limit === null || !isNear(limit, used)) return null
  if (used === limit) return limitText(plan, plans, what)
  const reach = `tu plan ${plan.name} llega a ${formatCount(limit)}`
  return `Tienes ${amount(used, what)}; ${reach}. ${wayOut(plan, plans, what)}`
}

/** The cheapest that allows more of it. null: there is none, and only a person can help. */
export const largerPlan = (plan: Limits, plans: readonly PricedPlan[], what: Limited) =>
  cheapest(plans.filter((other) => isLarger(other[what], plan[what]))) ?? null

/** The cheapest larger plan, or a person to write to. */
export function wayOut(plan: SizedPlan, plans: readonly PricedPlan[], what: Limited): string {
  const larger = largerPlan(plan, plans, what)
  if (!larger) return 'Escríbenos y lo vemos contigo.'
  const limit = larger[what]
  const has = limit === null ? 'no tienes límite' : `tienes ${formatCount(limit)}`
  return `Con ${larger.name} ${has} ${difference(plan, larger)}.`
}

function difference(plan: SizedPlan, larger: SizedPlan): string {
  const price = larger.priceMonthlyCentimos ?? 0
  if (plan.priceMonthlyCentimos === null) return `por ${soles(price)} al mes`
  const more = price - plan.priceMonthlyCentimos
  if (more === 0) return 'por lo mismo al mes'
  return more > 0 ? `por ${soles(more)} más al mes` : `por ${soles(-more)} menos al mes`
}

const nouns: Record<Limited, [one: string, many: string]> = {
  branches: ['local', 'locales'],
  registers: ['caja', 'cajas'],
  staff: ['persona', 'personas'],
  products: ['producto', 'productos'],
}

/** «3 personas», «1 local». */
export const amount = (n: number, what: Limited) => count(n, ...nouns[what])

/** Prices of plans are whole soles most of the time: «S/ 30». */
const soles = (centimos: number) => formatSoles(centimos).replace(/\.00$/, '')

const isOver = (limit: number | null, used: number) => limit !== null && used > limit
const isLarger = (limit: number | null, than: number | null) =>
  than !== null && (limit === null || limit > than)

const cheapest = (plans: readonly PricedPlan[]): PricedPlan | undefined =>
  plans
    .filter((plan) => plan.priceMonthlyCentimos !== null && !plan.retiredAt)
    .sort((a, b) => (a.priceMonthlyCentimos ?? 0) - (b.priceMonthlyCentimos ?? 0))[0]
