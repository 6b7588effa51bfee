import { Hono } from 'hono'
import type { TenantContext, TenantEnv } from '#src/http/env.ts'
import { NotFound } from '#src/http/errors.tsx'
import { type Rejected, readForm, type Texts } from '#src/http/form.ts'
import { idOf } from '#src/http/id.ts'
import { managersOnly } from '#src/http/managers-only.ts'
import { goTo, respond } from '#src/http/respond.tsx'
import { resultFrom } from '#src/imports/import.ts'
import { readId } from '#src/lib/id.ts'
import { formatAmount } from '#src/lib/money.ts'
import { menuFor } from '#src/menus/menu.ts'
import { ProductList } from '#views/products/_list.tsx'
import { ProductListPage } from '#views/products/list-page.tsx'
import { ProductPage } from '#views/products/product-page.tsx'
import { addProduct, changeProduct, type ProductSaved, showProduct } from './actions.ts'
import { productForm, searchForm } from './form.ts'
import { limits } from './product.ts'
import { findProduct, listCategories, searchProducts } from './queries.ts'
import { listPath, readSearch } from './search.ts'
import { problemTexts } from './texts.ts'

/** The menu, or the shelves: what the till sells. */
export const products = new Hono<TenantEnv>()

products.get('/productos', async (c) => {
  const { db, shell, staff, tenant } = c.var
  const search = readSearch(c.req.query())
  const [{ rows, total }, categories, changed] = await Promise.all([
    searchProducts(db, search),
    listCategories(db),
    findProduct(db, readId(c.req.query('cambiado')) ?? 0),
  ])
  const list = {
    rows,
    total,
    search,
    pageSize: limits.pageSize,
    canEdit: canEdit(staff.role),
    hasMenu: menuFor(tenant.rubro) !== null,
  }
  const page = () => (
    <ProductListPage
      shell={shell}
      list={list}
      categories={categories}
      changed={changed}
      result={resultFrom(c.req.query())}
    />
  )
  return respond(c, { page, partial: () => <ProductList {...list} /> })
})

products.get('/productos/nuevo', managersOnly, (c) =>
  show(c, null, { values: { name: c.req.query('nombre') ?? '', barcode: c.req.query('codigo') ?? '' } }),
)

products.post('/productos', managersOnly, async (c) => {
  const form = await readForm(c, productForm)
  if (!form.ok) return show(c, null, form)
  return answer(c, null, await addProduct(c.var.db, form.data, c.var.now), form.values)
})

products.get('/productos/:id{[0-9]+}', managersOnly, async (c) => {
  const { id, code, barcode, category, priceCentimos, ...row } = await load(c)
  const values = {
    name: row.name,
    price: formatAmount(priceCentimos),
    category: category ?? '',
    code: code ?? '',
    barcode: barcode ?? '',
  }
  return show(c, id, { values })
})

products.post('/productos/:id{[0-9]+}', managersOnly, async (c) => {
  const { id } = await load(c)
  const form = await readForm(c, productForm)
  if (!form.ok) return show(c, id, form)
  return answer(c, id, await changeProduct(c.var.db, id, form.data, c.var.now), form.values)
})

for (const [noun, active] of [
  ['oculto', false],
  ['visible', true],
] as const) {
  products.post(`/productos/:id{[0-9]+}/${noun}`, managersOnly, async (c) => {
    const { id } = await load(c)
    const form = await readForm(c, searchForm)
    await showProduct(c.var.db, id, active, c.var.now)
    return goTo(c, listPath(form.ok ? form.data : readSearch({}), id))
  })
}

async function load(c: TenantContext) {
  const product = await findProduct(c.var.db, idOf(c))
  if (!product) throw new NotFound()
  return product
}

function answer(c: TenantContext, id: number | null, saved: ProductSaved, values: Texts) {
  if (saved.ok) return goTo(c, '/productos')
  const { field, text } = problemTexts[saved.problem](saved.takenBy)
  return show(c, id, { values, errors: { [field]: text } })
}

async function show(c: TenantContext, id: number | null, shown: Partial<Rejected> & { values: Texts }) {
  const categories = await listCategories(c.var.db)
  const page = () => <ProductPage shell={c.var.shell} id={id} categories={categories} {...shown} />
  return respond(c, { page }, shown.errors ? 422 : 200)
}

const canEdit = (role: string) => role === 'dueno' || role === 'encargado'
