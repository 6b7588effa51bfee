import * as z from 'zod'
import { price } from '#src/products/form.ts'
import type { Menu } from './menu.ts'
import { menuTexts } from './texts.ts'

export const fieldOf = { box: (key: string) => `incluir-${key}`, price: (key: string) => `precio-${key}` }

export type ChosenItem = { key: string; priceCentimos: number }

/** The ticked items with their prices. A price that is not one matters only where the box is ticked. */
export function menuForm(menu: Menu) {
  return z.record(z.string(), z.unknown()).transform((typed, ctx): ChosenItem[] => {
    const chosen = menu.items.filter(({ key }) => typed[fieldOf.box(key)] !== undefined)
    if (chosen.length === 0) ctx.addIssue({ code: 'custom', path: ['form'], message: menuTexts.nothing })
    return chosen.flatMap(({ key }) => {
      const parsed = price.safeParse(typed[fieldOf.price(key)] ?? '')
      if (parsed.success) return [{ key, priceCentimos: parsed.data }]
      const message = parsed.error.issues[0]?.message ?? menuTexts.price
      ctx.addIssue({ code: 'custom', path: [fieldOf.price(key)], message })
      return []
    })
  })
}
