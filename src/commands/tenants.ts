import { type Answer, type Opened, Refusal, withDatabases } from '#src/process.ts'

// The pause of one business, as the operator's console does it.

type Options = { reason: string }

/** No till is opened any more; what is open may finish. Copies go on. */
export function suspendTenant(id: number, options: Options): Promise<Answer> {
  return withDatabases(async (opened) => {
    const { suspendTenant } = await import('#src/tenants/actions.ts')
    const done = await suspendTenant(opened.databases.admin, actOf(id, options), new Date())
    return answer(opened, id, done, { now: 'in pause', already: 'was in pause already' })
  })
}

/** Out of the pause: back to where its days and payments put it. */
export function activateTenant(id: number, options: Options): Promise<Answer> {
  return withDatabases(async (opened) => {
    const { reactivateTenant } = await import('#src/tenants/actions.ts')
    const done = await reactivateTenant(opened.databases.admin, actOf(id, options), new Date())
    return answer(opened, id, done, { now: 'no longer in pause', already: 'was not in pause' })
  })
}

function actOf(tenantId: number, options: Options) {
  const reason = options.reason.trim()
  if (reason === '' || reason.length > 300) throw new Refusal('--reason takes 1 to 300 letters.', 2)
  return { tenantId, reason }
}

async function answer(
  { databases }: Opened,
  id: number,
  done: { ok: true; isRepeat: boolean } | { ok: false; problem: string },
  texts: { now: string; already: string },
): Promise<Answer> {
  const { findTenant } = await import('#src/tenants/queries.ts')
  const tenant = await findTenant(databases.admin, id)
  if (!done.ok || !tenant) throw new Refusal(`There is no business ${id}.`)
  const text = done.isRepeat ? texts.already : `is ${texts.now}`
  return {
    data: { tenant: id, suspendedAt: tenant.suspendedAt?.toISOString() ?? null, changed: !done.isRepeat },
    text: `Business ${id}, ${tenant.businessName}, ${text}.`,
  }
}
