import * as z from 'zod'
import { tidy } from '#src/products/product.ts'
import { nameLimit, pinProblem } from './staff.ts'
import { nameTexts, pinTexts } from './texts.ts'

export const inviteForm = z.object({
  name: z
    .string()
    .default('')
    .transform(tidy)
    .refine((name) => name !== '', nameTexts.missing)
    .refine((name) => [...name].length <= nameLimit, nameTexts['too-long']),
  pin: z
    .string()
    .default('')
    .transform((pin) => pin.trim())
    .superRefine((pin, ctx) => {
      const problem = pinProblem(pin)
      if (problem) ctx.addIssue({ code: 'custom', message: pinTexts[problem] })
    }),
})
export type Invite = z.output<typeof inviteForm>
