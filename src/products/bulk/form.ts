import * as z from 'zod'
import { limits, tidy } from '../product.ts'
import { readListing } from '../search.ts'
import { fieldTexts } from '../texts.ts'
import { kinds, readPercent } from './bulk.ts'
import { kindMissing, percentTexts } from './texts.ts'

/** Which products: those ticked, or all that the table's address finds. */
const target = {
  lista: z.string().default('').transform(readListing),
  de: z.enum(['marcados', 'todos']).catch('marcados'),
  'ids[]': z
    .array(z.string())
    .default([])
    .transform((ids) => [...new Set(ids.map(Number))].filter((id) => Number.isSafeInteger(id) && id > 0)),
}

const percent = z
  .string()
  .default('')
  .transform((typed, ctx) => {
    const read = readPercent(typed)
    if (read.ok) return read.basisPoints
    ctx.addIssue({ code: 'custom', message: percentTexts[read.problem] })
    return z.NEVER
  })

export const bulkForm = z.object({
  ...target,
  accion: z.enum(kinds, kindMissing),
  porcentaje: z.string().default(''),
  categoriaNueva: z
    .string()
    .default('')
    .transform(tidy)
    .refine((name) => [...name].length <= limits.category, fieldTexts.category),
})

export const bulkPriceForm = z.object({ ...target, porcentaje: percent })
export const bulkTargetForm = z.object(target)

export type BulkTarget = z.output<typeof bulkTargetForm>
