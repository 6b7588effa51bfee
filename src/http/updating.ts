import { describeError, TenantUpdating } from '#src/db/errors.ts'
import { ensureCurrent } from '#src/db/migrate.ts'
import type { TenantContext } from '#src/http/env.ts'
import type { Tenant } from '#src/tenants/queries.ts'

/**
 * Before anything is read of a business: its database is as this release knows it, and nobody is swapping it.
 * Costs no query where that is so. Otherwise the request waits some seconds, or throws TenantUpdating, which is
 * answered as 503: nothing of the request was done, and the till keeps its order.
 */
export async function letIn(c: TenantContext, tenant: Tenant): Promise<void> {
  const { databases, log } = c.var.services
  if (tenant.busyUntil !== null && tenant.busyUntil > c.var.now)
    throw new TenantUpdating('it is being swapped')
  const onFailed = (error: unknown) =>
    log.error({ tenantId: tenant.id, error: describeError(error) }, 'a database could not be migrated')
  if (!(await ensureCurrent(databases, tenant, { onFailed })))
    throw new TenantUpdating('its schema is not the one of this release')
}
