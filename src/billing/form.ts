import * as z from 'zod'
import { readPeriod } from '#src/billing/paths.ts'
import type { Invoice } from '#src/billing/payments/payment.ts'
import { methods, tidyOperationNumber } from '#src/billing/payments/payment.ts'
import { formTexts } from '#src/billing/texts.ts'
import { tidy } from '#src/products/product.ts'
import { normalizeRuc, rucProblem } from '#src/ruc/ruc.ts'
import { rucProblemText } from '#src/ruc/texts.ts'

const text = (max: number) =>
  z
    .string()
    .default('')
    .transform(tidy)
    .refine((value) => [...value].length <= max, `Usa hasta ${max} letras.`)

/** Where to go back to; it is checked where it is used. */
const back = z.string().max(2_000).catch('').default('')

/** What is chosen and whom the boleta or factura is for. An amount is not among it: nobody asks the browser. */
export const payForm = z
  .object({
    plan: z.string().max(32).catch('').default(''),
    periodo: z.string().optional().transform(readPeriod),
    volver: back,
    method: z.enum(methods, formTexts.method),
    document: z.enum(['boleta', 'factura'], formTexts.document),
    ruc: z.string().max(60).catch('').default(''),
    legal_name: text(150),
    address: text(200),
    dni: z.string().max(30).catch('').default(''),
    name: text(150),
  })
  .superRefine((typed, ctx) => {
    const wrong = (path: string, message: string) => ctx.addIssue({ code: 'custom', path: [path], message })
    if (typed.document === 'boleta') {
      const digits = tidyDni(typed.dni)
      if (digits !== '' && !/^\d{8}$/.test(digits)) wrong('dni', formTexts.dni)
      if (digits !== '' && typed.name === '') wrong('name', formTexts.name)
      return
    }
    const problem = rucProblem(typed.ruc)
    if (problem) wrong('ruc', rucProblemText(problem, typed.ruc))
    if (typed.legal_name === '') wrong('legal_name', formTexts.legalName)
  })
  .transform(({ plan, periodo, volver, method, ...typed }) => ({
    ...{ plan, period: periodo, volver, method },
    invoice: invoiceOf(typed),
  }))

type Typed = { document: 'boleta' | 'factura'; ruc: string; legal_name: string; address: string } & {
  dni: string
  name: string
}

function invoiceOf({ document, ...typed }: Typed): Invoice {
  if (document === 'factura') {
    const { legal_name, address, ruc } = typed
    return {
      document,
      documentNumber: normalizeRuc(ruc),
      documentName: legal_name,
      documentAddress: address || null,
    }
  }
  const dni = tidyDni(typed.dni)
  return { document, documentNumber: dni || null, documentName: typed.name || null, documentAddress: null }
}

const tidyDni = (typed: string) => typed.replace(/[\s.-]/g, '')

export const declareForm = z.object({
  volver: back,
  operation: z
    .string()
    .default('')
    .transform(tidyOperationNumber)
    .refine((number) => number !== '', formTexts.operationMissing)
    .refine((number) => number === '' || (number.length >= 4 && number.length <= 40), formTexts.operation),
})
