import { eq } from 'drizzle-orm'
import type { TenantTx } from '#src/db/tenant.ts'
import { categories } from '#src/db/tenant-schema.ts'
import { collated } from '../matching/matching.ts'
import { slices } from '../slices.ts'

/** The categories of a file by name; those that are missing are made at the end of the rail, in its order. */
export async function categoriesFor(tx: TenantTx, names: readonly string[]) {
  const ids = new Map<string, number>()
  const existing = await tx.select().from(categories)
  for (const { id, name } of existing) ids.set(collated(name), id)
  let position = existing.reduce((most, row) => Math.max(most, row.position), -1)
  const missing = new Map<string, string>()
  for (const name of names) {
    const key = collated(name)
    if (!ids.has(key) && !missing.has(key)) missing.set(key, name)
  }
  const known = new Set(existing.map(({ id }) => id))
  for (const some of slices([...missing.values()])) {
    // What the database holds for one and we for two is left to the first of them.
    await tx
      .insert(categories)
      .ignore()
      .values(some.map((name) => ({ name, position: ++position })))
  }
  const made: number[] = []
  if (missing.size > 0) {
    for (const { id, name } of await tx.select().from(categories)) {
      if (known.has(id)) continue
      made.push(id)
      ids.set(collated(name), id)
    }
  }
  for (const [key, name] of missing) {
    if (ids.has(key)) continue
    const [twin] = await tx.select({ id: categories.id }).from(categories).where(eq(categories.name, name))
    if (twin) ids.set(key, twin.id)
  }
  const idOf = (name: string) => {
    const id = ids.get(collated(name))
    if (id === undefined) throw new Error('a category that was not made')
    return id
  }
  return { idOf, made }
}
