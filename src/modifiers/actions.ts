import { and, count, eq, inArray, max, ne, type SQL } from 'drizzle-orm'
import type { TenantDb, TenantTx } from '#src/db/tenant.ts'
import { modifierGroups, modifiers, productModifierGroups } from '#src/db/tenant-schema.ts'
import { changeCatalogue, changeOfProduct, type Gone, gone } from '#src/products/actions.ts'
import { limits } from './modifier.ts'
import { findGroup } from './queries.ts'
import type { ModifierProblem } from './texts.ts'

export type ModifierSaved = { ok: true } | { ok: false; problem: ModifierProblem; n?: number } | Gone
type GroupInput = { name: string; min: number; max: number }
type OptionInput = { name: string; price: number }

const writing = changeCatalogue<ModifierSaved>

export const addGroup = (db: TenantDb, input: GroupInput) =>
  writing(db, async (tx) => {
    if (await groupNamed(tx, input.name)) return { ok: false, problem: 'name-taken' }
    const [last] = await tx.select({ position: max(modifierGroups.position) }).from(modifierGroups)
    await tx.insert(modifierGroups).values({ ...input, position: (last?.position ?? -1) + 1 })
    return { ok: true }
  })

export const changeGroup = (db: TenantDb, id: number, input: GroupInput) =>
  writing(db, async (tx) => {
    if (await groupNamed(tx, input.name, ne(modifierGroups.id, id)))
      return { ok: false, problem: 'name-taken' }
    await tx.update(modifierGroups).set(input).where(eq(modifierGroups.id, id))
    return { ok: true }
  })

/** Only what nobody uses and nothing is in: nothing is lost with it. */
export const removeGroup = (db: TenantDb, id: number) =>
  writing(db, async (tx) => {
    const [used] = await tx
      .select({ n: count() })
      .from(productModifierGroups)
      .where(eq(productModifierGroups.groupId, id))
    if (used && used.n > 0) return { ok: false, problem: 'in-use', n: used.n }
    const [alive] = await tx
      .select({ n: count() })
      .from(modifiers)
      .where(and(eq(modifiers.groupId, id), eq(modifiers.active, true)))
    if (alive && alive.n > 0) return { ok: false, problem: 'has-options' }
    await tx.delete(modifiers).where(eq(modifiers.groupId, id))
    await tx.delete(modifierGroups).where(eq(modifierGroups.id, id))
    return { ok: true }
  })

/** A name that was taken away before comes back at its new price. */
export const addOption = (db: TenantDb, groupId: number, { name, price: priceCentimos }: OptionInput) =>
  writing(db, async (tx) => {
    if (!(await findGroup(tx, groupId))) return gone
    const options = await tx.select().from(modifiers).where(eq(modifiers.groupId, groupId))
    const [same] = await tx
      .select()
      .from(modifiers)
      .where(and(eq(modifiers.groupId, groupId), eq(modifiers.name, name)))
    if (same?.active) return { ok: false, problem: 'name-taken' }
    if (same) {
      await tx.update(modifiers).set({ name, priceCentimos, active: true }).where(eq(modifiers.id, same.id))
      return { ok: true }
    }
    if (options.length >= limits.options) return { ok: false, problem: 'too-many' }
    const position = Math.max(-1, ...options.map((option) => option.position)) + 1
    await tx.insert(modifiers).values({ groupId, name, priceCentimos, position })
    return { ok: true }
  })

export const showOption = (db: TenantDb, groupId: number, optionId: number, active: boolean) =>
  writing(db, async (tx) => {
    const own = and(eq(modifiers.id, optionId), eq(modifiers.groupId, groupId))
    const [option] = await tx.select({ id: modifiers.id }).from(modifiers).where(own)
    if (!option) return { ok: false, problem: 'not-found' }
    await tx.update(modifiers).set({ active }).where(own)
    return { ok: true }
  })

/** Exactly these questions, in the order of their page. Ids of nobody are left out. */
export const attachGroups = (db: TenantDb, productId: number, groupIds: readonly number[]) =>
  changeOfProduct(db, productId, async (tx) => {
    const known = groupIds.length
      ? await tx
          .select({ id: modifierGroups.id })
          .from(modifierGroups)
          .where(inArray(modifierGroups.id, [...groupIds]))
          .orderBy(modifierGroups.position)
      : []
    await tx.delete(productModifierGroups).where(eq(productModifierGroups.productId, productId))
    if (known.length > 0) {
      await tx
        .insert(productModifierGroups)
        .values(known.map(({ id }, position) => ({ productId, groupId: id, position })))
    }
    return { ok: true as const }
  })

async function groupNamed(tx: TenantTx, name: string, others?: SQL): Promise<boolean> {
  const rows = await tx
    .select({ id: modifierGroups.id })
    .from(modifierGroups)
    .where(and(eq(modifierGroups.name, name), others))
  return rows.length > 0
}
