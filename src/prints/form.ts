import * as z from 'zod'

/** From the page as JSON, or as a plain form where there is no JavaScript. */
export const printForm = z.object({ requestKey: z.uuid().toLowerCase() })
