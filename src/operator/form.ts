import * as z from 'zod'
import { isEmail, normalizeEmail } from '#src/accounts/email.ts'
import { texts } from './texts.ts'

/** Only compared: whatever it is, it is taken as typed. */
const code = z
  .string({ error: texts.code })
  .trim()
  .min(1, { error: texts.code })
  .max(40, { error: texts.code })

export const signInForm = z.object({
  email: z
    .string({ error: texts.email })
    .transform(normalizeEmail)
    .refine((email) => isEmail(email), { error: texts.email }),
  password: z
    .string({ error: texts.password })
    .min(1, { error: texts.password })
    .max(1000, { error: texts.password }),
  codigo: code,
  volver: z.string().default(''),
})

/** The code that one act asks for; without the field nothing was asked yet. */
export const codeForm = z.object({ codigo: code })
