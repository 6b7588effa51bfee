import * as z from 'zod'
import { reasons } from './stock.ts'

/** The figure is read by the rules, which know the product's step. */
export const movementForm = z.object({
  reason: z.enum(reasons, 'Elige un motivo.'),
  quantity: z.string().default(''),
  branchId: z.coerce.number().int().min(0).max(4_294_967_295).catch(0),
  note: z
    .string()
    .default('')
    .transform((note) => note.replace(/\s+/g, ' ').trim())
    .refine((note) => [...note].length <= 120, 'Usa hasta 120 letras en la nota.')
    .transform((note) => note || null),
  /** The newest movement that the form showed: pressing twice sends it twice. */
  seen: z.coerce.number().int().min(0).catch(0),
})

/** A switch: its box sends `on`, or nothing. */
export const switchForm = z.object({
  on: z
    .string()
    .default('')
    .transform((value) => value === 'on'),
})
