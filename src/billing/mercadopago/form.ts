import * as z from 'zod'

/** Paid once, or charged by itself each period. */
export const checkoutForm = z.object({
  renews: z.enum(['no', 'si'], 'Elige cómo quieres pagar.').transform((word) => word === 'si'),
})
