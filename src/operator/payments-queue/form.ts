import * as z from 'zod'
import { reason } from '../businesses/form.ts'
import { invoiceTexts } from './texts.ts'

export const decisionForm = z.object({ motivo: reason })

/** Series and number as SUNAT writes them: F001-123, B001-45, E001-7, EB01-8. */
export const invoiceForm = z.object({
  numero: z
    .string()
    .default('')
    .transform((text) => text.replace(/\s/g, '').toUpperCase())
    .refine((text) => /^[EFB][A-Z0-9]{3}-\d{1,8}$/.test(text), invoiceTexts.shape),
})

export const filters = ['declared', 'uninvoiced', 'confirmed', 'refused', 'open'] as const
export type Filter = (typeof filters)[number]

export const readFilter = (text: string | undefined): Filter =>
  filters.find((filter) => filter === text) ?? 'declared'
