import * as z from 'zod'
import { parseSoles } from '#src/lib/money.ts'
import { isEmoji, limits, measures, nameProblem, parsePrice, tidy } from './product.ts'
import { readListing } from './search.ts'
import { fieldTexts, nameTexts, priceTexts } from './texts.ts'

const text = z.string().default('').transform(tidy)
const within = (max: number, message: string) =>
  text.refine((value) => [...value].length <= max, message).transform((value) => value || null)

const soles = (parse: typeof parsePrice) =>
  z
    .string()
    .default('')
    .transform((typed, ctx) => {
      const parsed = parse(typed)
      if (parsed.ok) return parsed.centimos
      ctx.addIssue({ code: 'custom', message: priceTexts[parsed.problem] })
      return z.NEVER
    })

/** «S/ 12.50», «12,50», «1,234.50»: céntimos. */
export const price = soles(parsePrice)

/** What an option adds: «sin ensalada» adds nothing. */
export const surcharge = soles(parseSoles)

const fields = {
  name: text.superRefine((name, ctx) => {
    const problem = nameProblem(name)
    if (problem) ctx.addIssue({ code: 'custom', message: nameTexts[problem] })
  }),
  price,
  category: within(limits.category, fieldTexts.category),
  newCategory: within(limits.category, fieldTexts.category),
  code: within(limits.code, fieldTexts.code),
  barcode: within(limits.code, fieldTexts.code),
}

type Typed = { price: number; category: string | null; newCategory: string | null }

/** A category picked from the list, unless a new one was typed. */
const withCategory = <T extends Typed>({ price: priceCentimos, newCategory, category, ...rest }: T) => ({
  ...rest,
  priceCentimos,
  category: newCategory ?? category,
})

/** The wizard's short form. */
export const productForm = z.object(fields).transform(withCategory)

const cost = z
  .string()
  .default('')
  .transform((typed, ctx) => {
    if (typed.trim() === '') return null
    const parsed = parseSoles(typed)
    if (parsed.ok) return parsed.centimos
    ctx.addIssue({ code: 'custom', message: priceTexts[parsed.problem].replace('El precio', 'El costo') })
    return z.NEVER
  })

/** The product's own page. A typed emoji wins over a picked one. */
export const productPageForm = z
  .object({
    ...fields,
    shortName: within(limits.shortName, fieldTexts.shortName),
    cost,
    measure: z.enum(['unidad', 'kg', 'octavo']).catch('unidad'),
    affectation: z.enum(['10', '20', '30']).catch('10'),
    presentation: within(limits.presentation, fieldTexts.presentation),
    emoji: text.default(''),
    ownEmoji: text.refine((typed) => typed === '' || isEmoji(typed), fieldTexts.emoji),
    counted: z.string().default(''),
  })
  .transform(({ cost: costCentimos, measure, emoji, ownEmoji, counted, ...rest }) => ({
    ...withCategory(rest),
    ...measures[measure],
    costCentimos,
    emoji: ownEmoji || (isEmoji(emoji) ? emoji : null),
    forSale: counted !== 'on',
  }))

/** The table as it stood, carried by the small forms of its rows. */
const lista = z.string().default('').transform(readListing)

/** Whose form it was: a row's, the product's page's, or the list of favourites'. */
const desde = z.enum(['lista', 'pagina', 'favoritos']).catch('lista')

export const listingForm = z.object({ lista })
export const starForm = z.object({
  lista,
  desde,
  on: z
    .string()
    .default('')
    .transform((value) => value === 'on'),
})
export const rowPriceForm = z.object({ price, lista })

/** Where it is to be had: in every branch, in none, or in those ticked. */
export const availabilityForm = z.object({
  lista,
  desde,
  en: z.enum(['todos', 'ninguno', 'estos']).catch('estos'),
  'branches[]': z
    .array(z.string())
    .default([])
    .transform((ids) => ids.map(Number)),
})
