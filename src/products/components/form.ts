import * as z from 'zod'
import { tidy } from '../product.ts'

export const componentForm = z.object({
  part: z.string().default('').transform(tidy),
  /** Picked among several that are alike. */
  componentId: z.coerce.number().int().min(0).max(4_294_967_295).catch(0),
  quantity: z.string().default(''),
})
