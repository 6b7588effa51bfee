import type { MiddlewareHandler } from 'hono'
import type { TenantEnv } from '#src/http/env.ts'
import { Forbidden } from '#src/http/errors.tsx'

/** Prices, people and the business itself are changed by the owner and by an encargado only. */
export const managersOnly: MiddlewareHandler<TenantEnv> = async (c, next) => {
  const { role } = c.var.staff
  if (role !== 'dueno' && role !== 'encargado') throw new Forbidden('el dueño o un encargado')
  await next()
}
