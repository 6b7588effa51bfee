import * as z from 'zod'

/** The code that the console gave: what cannot be one is one that is over. */
export const entryForm = z.object({ codigo: z.string().regex(/^[\da-z]{6,12}\.[\w-]{43}$/) })
