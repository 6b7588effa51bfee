import { generateIdentity, identityToRecipient } from 'age-encryption'
import { and, asc, eq, gt, ne } from 'drizzle-orm'
import { z } from 'zod'
import { audit } from '#src/audit/actions.ts'
import type { Admin, AdminDb, AdminTx } from '#src/db/admin.ts'
import { auditLog, tenantKeys, tenants } from '#src/db/admin-schema.ts'
import { inTransaction } from '#src/db/transaction.ts'
import { sealedText } from '../seal.ts'

// Every business has a key of its own. Its private half exists only wrapped for the operators' keys, whose own
// private halves are on no server. Without the wrapped half nobody opens the copies that left this machine: that
// is how all of them are erased at once, wherever they lie (Ley 29733).

export type Owner = { tenantId: number; uid: string }

export type KeyAnswer =
  | { ok: true; recipient: string }
  | { ok: false; problem: 'another-business' | 'erased' }

/**
 * The public half, made when there is none yet. A key that belongs to another uid is left alone, and a business that
 * is deleted or erased gets none: a copy that still lies here would bring everything of it back.
 */
export async function ensureKey(
  admin: AdminDb,
  { tenantId, uid }: Owner,
  recipients: readonly string[],
  now: Date,
): Promise<KeyAnswer> {
  const found = (await keyOf(admin, tenantId)) ?? (await makeKey(admin, { tenantId, uid }, recipients, now))
  if (!found) return { ok: false, problem: 'erased' }
  return found.uid === uid
    ? { ok: true, recipient: found.recipient }
    : { ok: false, problem: 'another-business' }
}

async function makeKey(admin: AdminDb, owner: Owner, recipients: readonly string[], now: Date) {
  const identity = await generateIdentity()
  const recipient = await identityToRecipient(identity)
  const wrapped = await sealedText(`${identity}\n`, recipients)
  const row = { ...owner, recipient, wrappedIdentity: wrapped.toString('base64'), createdAt: now }
  await inTransaction(admin, async (tx) => {
    if (await isGone(tx, owner.tenantId)) return { ok: false }
    // Of two processes the first wins, and both use its key.
    await tx.insert(tenantKeys).ignore().values(row)
    return { ok: true }
  })
  return keyOf(admin, owner.tenantId)
}

/** Its row is held: a deletion comes before, and is seen, or after, and destroys the key that was made. */
async function isGone(tx: AdminTx, tenantId: number): Promise<boolean> {
  const [tenant] = await tx
    .select({ status: tenants.status })
    .from(tenants)
    .where(eq(tenants.id, tenantId))
    .for('update')
  return tenant?.status === 'BORRADO' || (await erasedTenants(tx)).has(tenantId)
}

async function keyOf(admin: Admin, tenantId: number) {
  const [row] = await admin.select().from(tenantKeys).where(eq(tenantKeys.tenantId, tenantId))
  return row
}

const erasedAct = 'copies.erased'

export type Erased = { ok: true } | { ok: false; problem: 'living' | 'no-key' }

/**
 * Destroys the key of a business that is gone: this server cannot have its copies opened any more, and after
 * `keyNights` nights, with the last list of keys that names it (and the binary logs of a young one), nobody can. Not to be undone.
 */
export async function eraseCopies(admin: AdminDb, tenantId: number, now: Date): Promise<Erased> {
  return inTransaction(admin, async (tx) => {
    const [living] = await tx
      .select({ id: tenants.id })
      .from(tenants)
      .where(and(eq(tenants.id, tenantId), ne(tenants.status, 'BORRADO')))
    if (living) return { ok: false, problem: 'living' }
    const [gone] = await tx.delete(tenantKeys).where(eq(tenantKeys.tenantId, tenantId))
    if (gone.affectedRows === 0) return { ok: false, problem: 'no-key' }
    await audit(tx, { tenantId, act: erasedAct }, now)
    return { ok: true }
  })
}

async function erasedTenants(admin: Admin): Promise<Set<number | null>> {
  const rows = await admin
    .selectDistinct({ tenantId: auditLog.tenantId })
    .from(auditLog)
    .where(eq(auditLog.act, erasedAct))
  return new Set(rows.map(({ tenantId }) => tenantId))
}

const keyRows = z.object({
  format: z.literal(1),
  keys: z.array(
    z.object({
      tenantId: z.number().int().positive(),
      uid: z.string().length(36),
      recipient: z.string().max(120),
      /** A file of age's, in base64: `base64 -d | age -d -i KEY` gives the business's own key. */
      wrappedIdentity: z.string(),
      createdAt: z.iso.datetime(),
    }),
  ),
})

/** All keys as they travel with a night: for the operators' eyes, so this is sealed as well. */
export async function keysText(admin: Admin): Promise<string> {
  const rows = await admin.select().from(tenantKeys).orderBy(asc(tenantKeys.tenantId))
  return JSON.stringify({ format: 1, keys: rows })
}

export type KeysRemembered = { added: number; replaced: number }

/**
 * Puts keys of the store's list back: where there is none, and where one was made anew after the old one was lost,
 * because the older copies open with the old one only. Another business's key is left alone, and one that was
 * destroyed stays so.
 */
export async function rememberKeys(admin: Admin, text: string): Promise<KeysRemembered> {
  const { keys } = keyRows.parse(JSON.parse(text))
  const remembered = { added: 0, replaced: 0 }
  const erased = await erasedTenants(admin)
  for (const { createdAt, ...row } of keys) {
    if (erased.has(row.tenantId)) continue
    const values = { ...row, createdAt: new Date(createdAt) }
    const [inserted] = await admin.insert(tenantKeys).ignore().values(values)
    remembered.added += inserted.affectedRows
    const isYounger = and(
      eq(tenantKeys.tenantId, row.tenantId),
      eq(tenantKeys.uid, row.uid),
      gt(tenantKeys.createdAt, values.createdAt),
    )
    const [updated] = await admin.update(tenantKeys).set(values).where(isYounger)
    remembered.replaced += updated.affectedRows
  }
  return remembered
}
