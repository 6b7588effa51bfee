import { Hono } from 'hono'
import type { Full } from '#src/billing/usage/actions.ts'
import { limitReached } from '#src/billing/usage/queries.ts'
import type { TenantContext, TenantEnv } from '#src/http/env.ts'
import { readForm, type Texts } from '#src/http/form.ts'
import { managersOnly } from '#src/http/managers-only.ts'
import { goTo } from '#src/http/respond.tsx'
import { addProduct, changeProduct, type ProductSaved, showProduct } from './actions.ts'
import { bulkRoutes } from './bulk/bulk-routes.tsx'
import { componentRoutes } from './components/component-routes.tsx'
import { favouriteRoutes } from './favourites/favourite-routes.tsx'
import { listingForm, productPageForm } from './form.ts'
import { photoRoutes } from './photo/photo-routes.tsx'
import { valuesOf } from './product-values.ts'
import { listPath, readSearch } from './search.ts'
import { load, showAdding, showProductPage } from './show-product.tsx'
import { rowRoutes } from './table/row-routes.tsx'
import { showTable } from './table/show-table.tsx'
import { problemTexts } from './texts.ts'

/** The menu, or the shelves: what the till sells. */
export const products = new Hono<TenantEnv>()

products.get('/productos', (c) => showTable(c, readSearch(c.req.query())))

products.get('/productos/nuevo', managersOnly, (c) =>
  showAdding(c, { values: { name: c.req.query('nombre') ?? '', barcode: c.req.query('codigo') ?? '' } }),
)

products.post('/productos', managersOnly, async (c) => {
  const form = await readForm(c, productPageForm)
  if (!form.ok) return showAdding(c, form)
  const added = await addProduct(c.var.db, form.data, c.var.now, c.var.tenant.plan.products)
  return added.ok ? goTo(c, '/productos') : showAdding(c, await refused(c, added, form.values))
})

products.get('/productos/:id{[0-9]+}', managersOnly, async (c) => {
  const product = await load(c)
  return showProductPage(c, product, { values: valuesOf(product) })
})

products.post('/productos/:id{[0-9]+}', managersOnly, async (c) => {
  const product = await load(c)
  const form = await readForm(c, productPageForm)
  if (!form.ok) return showProductPage(c, product, form)
  const { db, now, tenant } = c.var
  const saved = await changeProduct(db, product.id, form.data, now, tenant.plan.products)
  if (!saved.ok) return showProductPage(c, product, await refused(c, saved, form.values))
  return goTo(c, `/productos/${product.id}?guardado=si`)
})

for (const [noun, active] of [
  ['oculto', false],
  ['visible', true],
] as const) {
  products.post(`/productos/:id{[0-9]+}/${noun}`, managersOnly, async (c) => {
    const { id } = await load(c)
    const form = await readForm(c, listingForm)
    const search = form.ok ? form.data.lista : readSearch({})
    const shown = await showProduct(c.var.db, id, active, c.var.now, c.var.tenant.plan.products)
    if (!shown.ok) return showTable(c, search, { limit: await limitReached(c.var, 'products') })
    return goTo(c, listPath(search, { changed: id }))
  })
}

for (const part of [rowRoutes, bulkRoutes, componentRoutes, favouriteRoutes, photoRoutes]) {
  products.route('/', part)
}

async function refused(c: TenantContext, saved: Full | Extract<ProductSaved, { ok: false }>, values: Texts) {
  if (saved.problem === 'limit') return { values, errors: {}, limit: await limitReached(c.var, 'products') }
  const { field, text } = problemTexts[saved.problem](saved.takenBy)
  return { values, errors: { [field]: text } }
}
