import * as z from 'zod'
import { surcharge } from '#src/products/form.ts'
import { tidy } from '#src/products/product.ts'
import { limits } from './modifier.ts'
import { fieldTexts } from './texts.ts'

const name = z
  .string()
  .default('')
  .transform(tidy)
  .refine((text) => text !== '', fieldTexts.nameMissing)
  .refine((text) => [...text].length <= limits.name, fieldTexts.nameTooLong)

const figure = (least: number, message: string) =>
  z
    .string()
    .default('')
    .transform((text, ctx) => {
      const typed = text.trim()
      const figure = /^\d{1,2}$/.test(typed) ? Number(typed) : -1
      if (figure >= least && figure <= limits.most) return figure
      ctx.addIssue({ code: 'custom', message })
      return z.NEVER
    })

export const groupForm = z
  .object({ name, min: figure(0, fieldTexts.count), max: figure(1, fieldTexts.most) })
  .refine(({ min, max }) => min <= max, { path: ['max'], message: fieldTexts.order })

/** No price is none: «sin ensalada». */
export const optionForm = z.object({
  name,
  price: z
    .string()
    .default('')
    .transform((text): string | undefined => (text.trim() === '' ? '0' : text))
    .pipe(surcharge),
})

export const optionChoice = z.object({ optionId: z.coerce.number().int().min(1).catch(0) })

/** Which groups a product asks, in the order of the page. */
export const attachForm = z.object({
  'groups[]': z
    .array(z.string())
    .default([])
    .transform((ids) => ids.map(Number).filter(Number.isSafeInteger)),
})
