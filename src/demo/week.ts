import { limaDayBounds } from '#src/lib/lima.ts'
import { menuFor } from '#src/menus/menu.ts'
import type { Method } from '#src/sales/payment.ts'
import type { Channel } from '#src/sales/sale.ts'

/** A week as a neighbourhood pollería has it. Always the same for the same end: chance comes from a seed. */
export type DemoOrder = {
  at: Date
  label: string
  channel: Channel
  items: { name: string; pieces: number }[]
  method: Method
  /** With cash: 0 is exact, 1 the next round amount, 2 the one after. */
  generosity: 0 | 1 | 2
}
export type DemoDay = {
  opensAt: Date
  closesAt: Date
  floatCentimos: number
  /** Whole chickens that came in that morning. */
  chickens: number
  orders: DemoOrder[]
}

const minute = 60_000
const day = 24 * 60 * minute

/** How many orders a day of the week brings, from Sunday: Saturday is the peak. */
const ordersByWeekday = [54, 30, 32, 34, 38, 52, 66]

/** The seven whole Lima days before the one of `end`, the earliest first. */
export function demoWeek(end: Date): DemoDay[] {
  const random = seeded(2026)
  const today = limaDayBounds(end).from.getTime()
  return [7, 6, 5, 4, 3, 2, 1].map((daysBefore) => demoDay(today - daysBefore * day, random))
}

function demoDay(midnight: number, random: () => number): DemoDay {
  const weekday = limaWeekday(midnight)
  const times = Array.from({ length: ordersByWeekday[weekday] ?? 30 }, () => aTime(random)).toSorted(
    (a, b) => a - b,
  )
  const orders = times.map((minutes, index) => anOrder(new Date(midnight + minutes * minute), index, random))
  const eighths = orders.reduce((sum, order) => sum + eighthsOf(order), 0)
  return {
    opensAt: new Date(midnight + 11.5 * 60 * minute),
    closesAt: new Date(midnight + 23.5 * 60 * minute),
    floatCentimos: 10_000 + 1_000 * Math.floor(random() * 6),
    chickens: Math.ceil(eighths / 8) + 1 + Math.floor(random() * 4),
    orders,
  }
}

/** Minutes after midnight: two fifths at lunch, the rest at dinner, most in the middle of each. */
function aTime(random: () => number): number {
  const [from, to] = random() < 0.4 ? [12.25, 15.5] : [18, 23]
  const middling = (random() + random() + random()) / 3
  return (from + (to - from) * middling) * 60
}

/** [name, how often]: what people come for, then what goes with it. */
const mains: [string, number][] = [
  ['1/4 pollo', 34],
  ['1/8 pollo', 12],
  ['1/2 pollo', 10],
  ['Pollo entero', 9],
  ['Promo familiar', 7],
  ['Promo pollo + 1.5 L', 5],
  ['Promo 1/4 + gaseosa', 8],
  ['Mostro', 7],
  ['Mostrito', 6],
  ['Salchibrasa 1/4', 3],
  ['Chaufa de pollo', 4],
  ['Lomo saltado', 3],
]
const drinks: [string, number][] = [
  ['Gaseosa 500 ml', 30],
  ['Gaseosa 1 L', 12],
  ['Gaseosa 1.5 L', 14],
  ['Chicha 1 L', 16],
  ['Chicha 1/2 L', 12],
  ['Agua', 8],
  ['Cerveza 620 ml', 6],
]
const sides: [string, number][] = [
  ['Papas', 50],
  ['Ensalada', 25],
  ['Crema extra', 25],
]
const methods: [Method, number][] = [
  ['efectivo', 46],
  ['yape', 36],
  ['plin', 7],
  ['tarjeta', 11],
]
const channels: [Channel, number][] = [
  ['salon', 55],
  ['llevar', 35],
  ['delivery', 10],
]

function anOrder(at: Date, index: number, random: () => number): DemoOrder {
  const channel = pick(channels, random)
  const pieces = new Map<string, number>()
  const add = (name: string, many = 1) => pieces.set(name, (pieces.get(name) ?? 0) + many)
  for (let plates = 1 + (random() < 0.35 ? 1 : 0) + (random() < 0.12 ? 1 : 0); plates > 0; plates--) {
    add(pick(mains, random), random() < 0.15 ? 2 : 1)
  }
  if (random() < 0.62) add(pick(drinks, random), random() < 0.2 ? 2 : 1)
  if (random() < 0.22) add(pick(sides, random))
  if (channel !== 'salon') add('Táper', 1)
  return {
    at,
    label: String((index % 99) + 1),
    channel,
    items: [...pieces].map(([name, many]) => ({ name, pieces: many })),
    method: pick(methods, random),
    generosity: pick<0 | 1 | 2>([[0, 30], [1, 50], [2, 20]], random), // biome-ignore format: one thought
  }
}

const eighths = new Map(menuFor('polleria')?.items.map((item) => [item.name, item.eighths]))

function eighthsOf(order: DemoOrder): number {
  return order.items.reduce((sum, { name, pieces }) => sum + (eighths.get(name) ?? 0) * pieces, 0)
}

function pick<T>(weighted: [T, number][], random: () => number): T {
  let left = random() * weighted.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [value, weight] of weighted) {
    left -= weight
    if (left < 0) return value
  }
  return weighted[0]![0]
}

/** Sunday is 0. Lima's noon is in the same UTC day as Lima's midnight. */
const limaWeekday = (midnight: number) => new Date(midnight + day / 4).getUTCDay()

/** mulberry32: small, even enough, the same everywhere. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
