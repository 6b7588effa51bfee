import * as z from 'zod'
import { parseSoles } from '#src/lib/money.ts'
import { reason } from '../businesses/form.ts'
import type { PlanValues } from './plan.ts'
import { numberTexts, priceTexts } from './texts.ts'

const price = z
  .string()
  .default('')
  .transform((text, ctx) => {
    const parsed = parseSoles(text)
    const problem = parsed.ok ? (parsed.centimos === 0 ? 'zero' : null) : parsed.problem
    if (problem) ctx.addIssue({ code: 'custom', message: priceTexts[problem] })
    return parsed.ok ? parsed.centimos : 0
  })

const whole = (from: number, to: number, message: string) =>
  z
    .string()
    .default('')
    .transform((text) => text.replace(/[\s,]/g, ''))
    .refine((text) => /^\d{1,7}$/.test(text) && Number(text) >= from && Number(text) <= to, message)
    .transform(Number)

const limit = z
  .string()
  .default('')
  .transform((text) => text.replace(/[\s,]/g, ''))
  .refine((text) => text === '' || /^[1-9]\d{0,6}$/.test(text), numberTexts.limit)
  .transform((text) => (text === '' ? null : Number(text)))

const common = { motivo: reason, antes: z.string().max(500).default('') }

const paidForm = z
  .object({
    ...common,
    mensual: price,
    anual: price,
    locales: limit,
    cajas: limit,
    personas: limit,
    productos: limit,
    ofrecido: z.string().optional(),
  })
  .transform(
    ({ motivo, antes, ...typed }): PlanEdit => ({
      reason: motivo,
      before: antes,
      values: {
        kind: 'paid',
        priceMonthlyCentimos: typed.mensual,
        priceYearlyCentimos: typed.anual,
        branches: typed.locales,
        registers: typed.cajas,
        staff: typed.personas,
        products: typed.productos,
        isSold: typed.ofrecido !== undefined,
      },
    }),
  )

const trialForm = z
  .object({
    ...common,
    dias: whole(1, 365, numberTexts.days),
    ventas: whole(1, 100_000, numberTexts.sales),
    regla: z.enum(['first', 'last'], numberTexts.rule),
    maximo: limit,
  })
  .refine(({ dias, maximo }) => maximo === null || (maximo >= dias && maximo <= 730), {
    path: ['maximo'],
    message: numberTexts.max,
  })
  .transform(
    ({ motivo, antes, ...typed }): PlanEdit => ({
      reason: motivo,
      before: antes,
      values: {
        kind: 'trial',
        trialDays: typed.dias,
        trialSales: typed.ventas,
        trialRule: typed.regla,
        trialMaxDays: typed.maximo,
      },
    }),
  )

/** `before` is the stamp of the row that the form showed. */
export type PlanEdit = { reason: string; before: string; values: PlanValues }

export const editForm = { paid: paidForm, trial: trialForm } as const
