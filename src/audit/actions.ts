import type { Admin } from '#src/db/admin.ts'
import { auditLog } from '#src/db/admin-schema.ts'

/**
 * What was done: who (an operator or a person of the business; neither: a job), to which business, and why.
 * `detail` holds what was there before and after, never a secret; `address` is the caller's.
 */
export type Act = {
  operatorId?: number
  userId?: number
  tenantId?: number
  /** `tenant.suspended`, `payment.confirmed`, `support.entered`: the noun, a point, what happened to it. */
  act: string
  reason?: string
  detail?: Record<string, unknown>
  address?: string
}

/** Writes one line, in the transaction of what it tells about: neither is ever there without the other. */
export async function audit(tx: Admin, { act, address, reason, ...rest }: Act, now: Date): Promise<void> {
  await tx.insert(auditLog).values({
    at: now,
    act,
    ...rest,
    ...(reason === undefined ? {} : { reason: reason.slice(0, 300) }),
    ...(address === undefined ? {} : { address: address.slice(0, 45) }),
  })
}
