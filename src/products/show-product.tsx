import type { LimitNote } from '#src/billing/limits.ts'
import { limitNear } from '#src/billing/usage/queries.ts'
import type { TenantContext } from '#src/http/env.ts'
import { NotFound } from '#src/http/errors.tsx'
import type { Rejected, Texts } from '#src/http/form.ts'
import { idOf } from '#src/http/id.ts'
import { respond } from '#src/http/respond.tsx'
import { groupRule } from '#src/modifiers/modifier.ts'
import { groupsOf, listGroups } from '#src/modifiers/queries.ts'
import { formatStock } from '#src/stock/stock.ts'
import { ProductPage, type ProductParts } from '#views/products/product-page.tsx'
import { listComponents } from './components/queries.ts'
import type { ProductRow } from './product.ts'
import { valuesOf } from './product-values.ts'
import { availabilityOf, findAnyProduct, listCategories, wasSold } from './queries.ts'

/** The product of the address, if this business has it. */
export async function load(c: TenantContext): Promise<ProductRow> {
  const product = await findAnyProduct(c.var.db, idOf(c))
  if (!product) throw new NotFound()
  return product
}

/** `limit`: the plan holds no more, which is why it came back. */
type Shown = { values: Texts; errors?: Texts; limit?: LimitNote }

export async function showAdding(c: TenantContext, { values, errors, limit }: Shown) {
  const categories = await listCategories(c.var.db)
  const note = limit ?? (await limitNear(c.var, 'products'))
  const form = {
    values,
    categories,
    saved: null,
    saidText: null,
    note,
    isFull: Boolean(limit),
    ...(errors ? { errors } : {}),
  }
  const page = () => <ProductPage shell={c.var.shell} parts={null} {...form} />
  return respond(c, { page }, errors ? 422 : 200)
}

/** Which of the page's small forms came back wrong; the large one then shows what is saved. */
type Refused = {
  photo?: string
  component?: Rejected & { choices: readonly { id: number; name: string }[] }
}

export async function showProductPage(
  c: TenantContext,
  product: ProductRow,
  { values, errors, limit }: Shown = { values: valuesOf(product) },
  refused: Refused = {},
) {
  const { db, shell } = c.var
  const [categories, branches, components, groups, asked, sold] = await Promise.all([
    listCategories(db),
    availabilityOf(db, product.id),
    listComponents(db, product.id),
    listGroups(db),
    groupsOf(db, product.id),
    wasSold(db, product.id),
  ])
  const parts: ProductParts = {
    product,
    branches,
    components,
    options: groups.map((group) => ({
      id: group.id,
      name: group.name,
      rule: groupRule(group),
      isAsked: asked.includes(group.id),
    })),
    wasSold: sold,
    photoError: refused.photo,
    rejectedComponent: refused.component,
    stockText: stockText(product),
  }
  const form = {
    values,
    categories,
    saved: product,
    note: limit ?? null,
    isFull: Boolean(limit),
    saidText: c.req.method === 'GET' && c.req.query('guardado') ? 'Guardado.' : null,
    ...(errors ? { errors } : {}),
  }
  const isWrong = errors ?? refused.photo ?? refused.component
  const page = () => <ProductPage shell={shell} parts={parts} {...form} />
  return respond(c, { page }, isWrong ? 422 : 200)
}

function stockText({ tracksStock, stockThousandths, stepThousandths, unit }: ProductRow): string {
  if (!tracksStock) return 'No lleva stock: se vende sin contar.'
  return `Según el sistema hay ${formatStock(stockThousandths, stepThousandths, unit)}.`
}
