import { and, eq, gt, isNull } from 'drizzle-orm'
import { newToken, tokenHashOf } from '#src/accounts/token.ts'
import type { Db, TenantTx } from '#src/db/tenant.ts'
import { business, permissionGrants, staff } from '#src/db/tenant-schema.ts'
import { record } from '#src/record/actions.ts'
import { may, type Permission } from '../permission.ts'
import type { StaffRole } from '../staff.ts'

export type Allowed = { ok: true; grantedBy: number | null } | { ok: false; problem: 'permission-needed' }

const needed = { ok: false, problem: 'permission-needed' } as const
/** From the encargado's PIN to the action that it allows. */
const grantMs = 120_000

export type Asked = {
  staff: { id: number; role: StaffRole }
  permission: Permission
  /** `business.permissions`; without it, it is read here. */
  overrides?: string | null
  grantToken: string | null
  now: Date
}

/** May she? By herself (`grantedBy` null), or with an encargado's PIN given for this one action, which is then used up. */
export async function allow(tx: TenantTx, asked: Asked): Promise<Allowed> {
  const overrides = asked.overrides === undefined ? await overridesOf(tx) : asked.overrides
  if (may(asked.staff.role, asked.permission, overrides)) return { ok: true, grantedBy: null }
  return useGrant(tx, asked.grantToken, asked.permission, asked.staff.id, asked.now)
}

/**
 * Uses a grant up: once, for this permission, by the person it was given for, within two minutes. In the transaction of
 * the action, so that an action that is refused leaves it whole.
 */
export async function useGrant(
  tx: TenantTx,
  token: string | null,
  permission: Permission,
  forStaffId: number,
  now: Date,
): Promise<Allowed> {
  if (!token || !/^[\w-]{43}$/.test(token)) return needed
  const id = tokenHashOf(token)
  const [grant] = await tx
    .select({ grantedBy: permissionGrants.grantedBy })
    .from(permissionGrants)
    .innerJoin(staff, and(eq(staff.id, permissionGrants.grantedBy), eq(staff.active, true)))
    .where(
      and(
        eq(permissionGrants.id, id),
        eq(permissionGrants.permission, permission),
        eq(permissionGrants.staffId, forStaffId),
        isNull(permissionGrants.usedAt),
        gt(permissionGrants.createdAt, new Date(now.getTime() - grantMs)),
      ),
    )
    .for('update')
  if (!grant) return needed
  await tx.update(permissionGrants).set({ usedAt: now }).where(eq(permissionGrants.id, id))
  return { ok: true, grantedBy: grant.grantedBy }
}

export type Grant = {
  permission: Permission
  /** Whose PIN it was. */
  grantedBy: number
  /** For whom. */
  staffId: number
  device: { id: number; registerId: number } | null
}

/** After an encargado's PIN that was right: the token for one action, and the line in the record. */
export async function giveGrant(tx: TenantTx, grant: Grant, now: Date): Promise<string> {
  const { token, tokenHash } = newToken()
  const { permission, grantedBy, staffId, device } = grant
  const deviceId = device?.id ?? null
  await tx
    .insert(permissionGrants)
    .values({ id: tokenHash, permission, grantedBy, staffId, deviceId, createdAt: now })
  const registerId = device?.registerId ?? null
  await record(
    tx,
    { act: 'permiso', staffId, grantedBy, deviceId, registerId, detail: { permiso: permission } },
    now,
  )
  return token
}

/** What the owner changed of the roles, as JSON. */
export async function overridesOf(db: Db): Promise<string | null> {
  const [row] = await db.select({ permissions: business.permissions }).from(business)
  return row?.permissions ?? null
}
