import type { LimitNote } from '#src/billing/limits.ts'
import { limitNear } from '#src/billing/usage/queries.ts'
import type { TenantContext } from '#src/http/env.ts'
import { respond } from '#src/http/respond.tsx'
import { readId } from '#src/lib/id.ts'
import { menuFor } from '#src/menus/menu.ts'
import { ProductList, type ProductListProps } from '#views/products/_list.tsx'
import { ProductListPage } from '#views/products/list-page.tsx'
import { findChange } from '../bulk/queries.ts'
import { limits } from '../product.ts'
import { countBranches, findProduct, listCategories } from '../queries.ts'
import { type ProductSearch, withoutCost } from '../search.ts'
import { searchProducts } from './queries.ts'

export const canEdit = (role: string) => role === 'dueno' || role === 'encargado'

/** `limit`: the plan holds no more, which is why nothing was shown again. */
type Refusals = Pick<ProductListProps, 'rejectedRow' | 'rejectedBulk'> & { limit?: LimitNote }

/** The table: the page, or for htmx only the part that a search changes. */
export async function showTable(
  c: TenantContext,
  asked: ProductSearch,
  { limit, ...rejected }: Refusals = {},
) {
  const { db, shell, staff, tenant } = c.var
  const mayEdit = canEdit(staff.role)
  const search = mayEdit ? asked : withoutCost(asked)
  const [{ rows, total }, categories, changed, change, branchCount, near] = await Promise.all([
    searchProducts(db, search),
    listCategories(db),
    findProduct(db, readId(c.req.query('cambiado')) ?? 0),
    findChange(db, mayEdit ? (readId(c.req.query('hecho')) ?? 0) : 0),
    countBranches(db),
    mayEdit && !limit ? limitNear(c.var, 'products') : null,
  ])
  const list: ProductListProps = {
    rows,
    total,
    search,
    pageSize: limits.pageSize,
    canEdit: mayEdit,
    hasMenu: menuFor(tenant.rubro) !== null,
    branchCount,
    ...rejected,
  }
  const done = change && {
    id: change.id,
    said: change.said,
    canUndo: change.undoneAt === null && change.changes !== '[]',
  }
  const shown = { shell, list, categories, changed, done, note: limit ?? near, isFull: Boolean(limit) }
  const page = () => <ProductListPage {...shown} />
  const isWrong = limit ?? rejected.rejectedRow ?? rejected.rejectedBulk
  return respond(c, { page, partial: () => <ProductList {...list} /> }, isWrong ? 422 : 200)
}
