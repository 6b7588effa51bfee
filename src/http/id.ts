import type { Context, Env } from 'hono'
import { NotFound } from '#src/http/errors.tsx'
import { readId } from '#src/lib/id.ts'

/** The `:id` of the address. What can be no row's id is not found, like a row that is not there. */
export function idOf<E extends Env>(c: Context<E>): number {
  const id = readId(c.req.param('id'))
  if (id === null) throw new NotFound()
  return id
}
