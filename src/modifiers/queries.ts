import { asc, count, eq } from 'drizzle-orm'
import type { Db } from '#src/db/tenant.ts'
import { modifierGroups, modifiers, productModifierGroups } from '#src/db/tenant-schema.ts'
import type { ModifierGroup } from './modifier.ts'

export async function listGroups(db: Db): Promise<ModifierGroup[]> {
  const [groups, options, uses] = await Promise.all([
    db.select().from(modifierGroups).orderBy(asc(modifierGroups.position), asc(modifierGroups.id)),
    db.select().from(modifiers).orderBy(asc(modifiers.position), asc(modifiers.id)),
    db
      .select({ groupId: productModifierGroups.groupId, n: count() })
      .from(productModifierGroups)
      .groupBy(productModifierGroups.groupId),
  ])
  return groups.map((group) => ({
    ...group,
    productCount: uses.find((use) => use.groupId === group.id)?.n ?? 0,
    options: options.filter((option) => option.groupId === group.id),
  }))
}

export async function findGroup(db: Db, id: number) {
  const [row] = await db.select().from(modifierGroups).where(eq(modifierGroups.id, id))
  return row ?? null
}

export async function groupsOf(db: Db, productId: number): Promise<number[]> {
  const rows = await db
    .select({ groupId: productModifierGroups.groupId })
    .from(productModifierGroups)
    .where(eq(productModifierGroups.productId, productId))
    .orderBy(asc(productModifierGroups.position))
  return rows.map((row) => row.groupId)
}
