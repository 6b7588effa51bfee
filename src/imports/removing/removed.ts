import type {
  productComponents,
  productModifierGroups,
  products,
  productUnavailable,
  stockLevels,
} from '#src/db/tenant-schema.ts'

/** A product that left, with all that stood about it, as JSON keeps it. */
export type Removed = {
  product: typeof products.$inferSelect
  components: (typeof productComponents.$inferSelect)[]
  groups: (typeof productModifierGroups.$inferSelect)[]
  unavailable: (typeof productUnavailable.$inferSelect)[]
  levels: (typeof stockLevels.$inferSelect)[]
}

type There = {
  categories: ReadonlySet<number>
  groups: ReadonlySet<number>
  branches: ReadonlySet<number>
  files: ReadonlySet<string>
}

/** Dates as dates again, and only what still has its place. */
export function reviveProduct(removed: Removed, there: There): Removed {
  const { product } = removed
  const { categoryId, photoId } = product
  return {
    product: {
      ...product,
      categoryId: categoryId !== null && there.categories.has(categoryId) ? categoryId : null,
      photoId: photoId !== null && there.files.has(photoId) ? photoId : null,
      createdAt: new Date(product.createdAt),
      updatedAt: new Date(product.updatedAt),
    },
    components: removed.components,
    groups: removed.groups.filter(({ groupId }) => there.groups.has(groupId)),
    unavailable: removed.unavailable.filter(({ branchId }) => there.branches.has(branchId)),
    levels: removed.levels.filter(({ branchId }) => there.branches.has(branchId)),
  }
}
