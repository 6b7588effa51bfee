import { Hono } from 'hono'
import type { TenantEnv } from '#src/http/env.ts'
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
  const added = await addProduct(c.var.db, form.data, c.var.now)
  return added.ok ? goTo(c, '/productos') : showAdding(c, refused(added, form.values))
})

products.get('/productos/:id{[0-9]+}', managersOnly, async (c) => {
  const product = await load(c)
  return showProductPage(c, product, { values: valuesOf(product) })
})

products.post('/productos/:id{[0-9]+}', managersOnly, async (c) => {
  const product = await load(c)
  const form = await readForm(c, productPageForm)
  if (!form.ok) return showProductPage(c, product, form)
  const saved = await changeProduct(c.var.db, product.id, form.data, c.var.now)
  if (!saved.ok) return showProductPage(c, product, refused(saved, form.values))
  return goTo(c, `/productos/${product.id}?guardado=si`)
})

for (const [noun, active] of [
  ['oculto', false],
  ['visible', true],
] as const) {
  products.post(`/productos/:id{[0-9]+}/${noun}`, managersOnly, async (c) => {
    const { id } = await load(c)
    const form = await readForm(c, listingForm)
    await showProduct(c.var.db, id, active, c.var.now)
    return goTo(c, listPath(form.ok ? form.data.lista : readSearch({}), { changed: id }))
  })
}

for (const part of [rowRoutes, bulkRoutes, componentRoutes, favouriteRoutes, photoRoutes]) {
  products.route('/', part)
}

function refused(saved: Extract<ProductSaved, { ok: false }>, values: Texts) {
  const { field, text } = problemTexts[saved.problem](saved.takenBy)
  return { values, errors: { [field]: text } }
}
