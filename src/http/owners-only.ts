import type { MiddlewareHandler } from 'hono'
import type { TenantEnv } from '#src/http/env.ts'
import { Forbidden } from '#src/http/errors.tsx'

/** All the data at once, and closing the account, are the owner's alone. */
export const ownersOnly: MiddlewareHandler<TenantEnv> = async (c, next) => {
  if (c.var.staff.role !== 'dueno') throw new Forbidden()
  await next()
}
