import * as z from 'zod'

/** Where the person was; anything else than a page of ours is the start page. */
export const backForm = z.object({ volver: z.string().max(2000).optional().catch(undefined) })
