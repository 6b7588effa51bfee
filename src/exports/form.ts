import * as z from 'zod'
import { texts } from '#src/accounts/texts.ts'

/** Whatever it is, it is taken as typed: it is only compared. */
export const passwordForm = z.object({
  password: z.string({ error: texts.password }).min(1, { error: texts.password }).max(1000, {
    error: 'La contraseña no coincide.',
  }),
})
