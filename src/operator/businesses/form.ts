import * as z from 'zod'
import { mostExtendedDays } from '#src/tenants/extension.ts'
import { limaDayEnd } from './days.ts'
import { readListing } from './search.ts'
import { fieldTexts, reasonTexts } from './texts.ts'

export const reasonLimit = 300

/** Nothing is done to a business without saying why: it stands in the history for ever. */
export const reason = z
  .string()
  .default('')
  .transform((text) => text.trim())
  .refine((text) => text !== '', reasonTexts.missing)
  .refine((text) => [...text].length <= reasonLimit, reasonTexts.tooLong)

const lista = z.string().default('').transform(readListing)

export const plainForm = z.object({ motivo: reason, lista })

const instant = z
  .string()
  .default('')
  .refine((text) => text === '' || !Number.isNaN(Date.parse(text)))
  .transform((text) => (text === '' ? null : new Date(text)))

export const extendForm = z.object({
  motivo: reason,
  lista,
  dias: z
    .string()
    .default('')
    .refine((text) => /^[1-9]\d?$/.test(text) && Number(text) <= mostExtendedDays, fieldTexts.days)
    .transform(Number),
  /** The midnight from which the page counted. */
  desde: instant,
})

export const planForm = z.object({
  motivo: reason,
  lista,
  plan: z
    .string()
    .default('')
    .refine((text) => /^\w{1,32}$/.test(text), fieldTexts.plan),
  /** The last day that is paid. */
  hasta: z
    .string()
    .default('')
    .refine((text) => text === '' || limaDayEnd(text) !== null, fieldTexts.date)
    .transform((text) => (text === '' ? null : limaDayEnd(text))),
  antesPlan: z.string().default(''),
  antesHasta: instant,
})
