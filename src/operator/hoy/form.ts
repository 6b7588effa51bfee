import * as z from 'zod'
import { readId } from '#src/lib/id.ts'
import { queues } from './queues.ts'

/** What a row carries: whom, in which queue, and for which reason she was in it. */
export const markForm = z.object({
  negocio: z.string().transform((text, ctx) => {
    const id = readId(text)
    if (id === null) ctx.addIssue({ code: 'custom', message: 'no such business' })
    return id ?? 0
  }),
  cola: z.enum(queues),
  motivo: z.string().min(1).max(40),
})
