import * as z from 'zod'
import { limits, nameProblem, parsePrice, tidy } from './product.ts'
import { readSearch } from './search.ts'
import { fieldTexts, nameTexts, priceTexts } from './texts.ts'

const text = z.string().default('').transform(tidy)
const within = (max: number, message: string) =>
  text.refine((value) => [...value].length <= max, message).transform((value) => value || null)

/** «S/ 12.50», «12,50», «1,234.50»: céntimos. */
export const price = z
  .string()
  .default('')
  .transform((typed, ctx) => {
    const parsed = parsePrice(typed)
    if (parsed.ok) return parsed.centimos
    ctx.addIssue({ code: 'custom', message: priceTexts[parsed.problem] })
    return z.NEVER
  })

/** A category picked from the list, unless a new one was typed. */
export const productForm = z
  .object({
    name: text.superRefine((name, ctx) => {
      const problem = nameProblem(name)
      if (problem) ctx.addIssue({ code: 'custom', message: nameTexts[problem] })
    }),
    price,
    category: within(limits.category, fieldTexts.category),
    newCategory: within(limits.category, fieldTexts.category),
    code: within(limits.code, fieldTexts.code),
    barcode: within(limits.code, fieldTexts.code),
  })
  .transform(({ price: priceCentimos, newCategory, category, ...rest }) => ({
    ...rest,
    priceCentimos,
    category: newCategory ?? category,
  }))

/** The list as it stood, carried by the small forms of its rows. */
export const searchForm = z
  .record(z.string(), z.unknown())
  .transform((typed) =>
    readSearch(
      Object.fromEntries(
        Object.entries(typed).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
      ),
    ),
  )
