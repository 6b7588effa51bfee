import * as z from 'zod'
import { tidy } from '#src/products/product.ts'
import { normalizeRuc, rucProblem } from '#src/ruc/ruc.ts'
import { rucProblemText } from '#src/ruc/texts.ts'
import { breaksDownTax } from '#src/sales/igv.ts'
import { fiscalLimits, isSeriesCode, parseMobile } from './onboarding.ts'
import { branchTexts, fiscalTexts, registerTexts, tooLong } from './texts.ts'

const text = (max: number) =>
  z
    .string()
    .default('')
    .transform(tidy)
    .refine((value) => [...value].length <= max, tooLong(max))
const box = z
  .string()
  .optional()
  .transform((value) => value !== undefined)

const regimes = ['unknown', 'rus', 'rer', 'mype', 'general'] as const

/** With «Boleta Simple» the RUC and the regime are not looked at: they may be half typed. */
export const fiscalForm = z
  .object({
    name: text(80),
    boletaSimple: box,
    ruc: z.string().default(''),
    legalName: text(fiscalLimits.legalName),
    address: text(fiscalLimits.address),
    currency: z.enum(['PEN'], fiscalTexts.currency).default('PEN'),
    regime: z.enum(regimes, fiscalTexts.regime).default('unknown'),
    igvKind: z.enum(['general', 'restaurant'], fiscalTexts.igvKind).default('general'),
    /** What the register said, and about which RUC: kept only while that RUC stands in the field. */
    foundRuc: text(11),
    foundName: text(fiscalLimits.legalName),
    foundAddress: text(fiscalLimits.address),
    rucState: text(fiscalLimits.words),
    rucCondition: text(fiscalLimits.words),
  })
  .superRefine((typed, ctx) => {
    if (typed.boletaSimple) return
    const problem = rucProblem(typed.ruc)
    if (problem) ctx.addIssue({ code: 'custom', path: ['ruc'], message: rucText(typed.ruc) })
  })
  .transform(
    ({ boletaSimple, ruc: typedRuc, regime, igvKind, foundRuc, foundName, foundAddress, ...rest }) => {
      const ruc = boletaSimple ? null : normalizeRuc(typedRuc)
      const isFound = ruc !== null && ruc === foundRuc
      return {
        ...rest,
        ...withoutForeign(rest, { isFound, foundName, foundAddress }),
        ruc,
        regime: boletaSimple ? ('none' as const) : regime,
        igvKind: !boletaSimple && breaksDownTax(regime) ? igvKind : ('general' as const),
        rucState: isFound ? rest.rucState || null : null,
        rucCondition: isFound ? rest.rucCondition || null : null,
      }
    },
  )
type Filled = { legalName: string; address: string }

/** What the register filled in for another RUC is nobody's here; what the owner typed over it stays. */
export function withoutForeign(
  { legalName, address }: Filled,
  found: { isFound: boolean; foundName: string; foundAddress: string },
): Filled {
  if (found.isFound) return { legalName, address }
  return {
    legalName: legalName === found.foundName ? '' : legalName,
    address: address === found.foundAddress ? '' : address,
  }
}

export type Fiscal = z.output<typeof fiscalForm>

/** The sentence under the RUC; an empty one is told of the way without it. */
export function rucText(typed: string): string {
  const problem = rucProblem(typed)
  if (!problem) return ''
  return normalizeRuc(typed) === '' ? fiscalTexts.rucMissing : rucProblemText(problem, typed)
}

export const branchForm = z.object({
  name: text(120).refine((name) => name !== '', branchTexts.name),
  address: text(200).transform((address) => address || null),
  whatsapp: z
    .string()
    .default('')
    .transform((typed, ctx) => {
      if (typed.trim() === '') return null
      const mobile = parseMobile(typed)
      if (mobile === null) ctx.addIssue({ code: 'custom', message: branchTexts.whatsapp })
      return mobile
    }),
  consent: box,
})
export type Branch = z.output<typeof branchForm>

export const registerForm = z.object({
  name: text(60).refine((name) => name !== '', registerTexts.name),
  paper: z.enum(['80', '58', 'none'], registerTexts.paper),
  series: z
    .string()
    .default('NV01')
    .transform((code) => code.trim().toUpperCase() || 'NV01')
    .refine(isSeriesCode, registerTexts.series),
})
export type Register = z.output<typeof registerForm>
