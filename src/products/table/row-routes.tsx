import { Hono } from 'hono'
import type { TenantContext, TenantEnv } from '#src/http/env.ts'
import { NotFound } from '#src/http/errors.tsx'
import { readForm } from '#src/http/form.ts'
import { managersOnly } from '#src/http/managers-only.ts'
import { goTo, respond, wantsPartial } from '#src/http/respond.tsx'
import { ProductTableRow, type RowProps } from '#views/products/_row.tsx'
import { setAvailability } from '../availability/actions.ts'
import { changePrice } from '../bulk/actions.ts'
import { star } from '../favourites/actions.ts'
import { availabilityForm, rowPriceForm, starForm } from '../form.ts'
import { countBranches } from '../queries.ts'
import { listing, listPath, type ProductSearch, readListing } from '../search.ts'
import { load } from '../show-product.tsx'
import { showTable } from './show-table.tsx'

/** What changes in a row of the table, each by its own small form; the product's page has the same ones. */
export const rowRoutes = new Hono<TenantEnv>()

rowRoutes.post('/productos/:id{[0-9]+}/precio', managersOnly, async (c) => {
  const { id } = await load(c)
  const form = await readForm(c, rowPriceForm)
  if (!form.ok) return refuse(c, id, form.values, form.errors.price ?? '')
  const { price, lista } = form.data
  const done = await changePrice(c.var.db, c.var.staff, id, price, c.var.now)
  if (!done.ok) throw new NotFound()
  if (!wantsPartial(c)) return goTo(c, listPath(lista, { done: done.changeId }))
  return showRow(c, lista, done.isSame ? {} : { repriced: done })
})

rowRoutes.post('/productos/:id{[0-9]+}/disponibilidad', managersOnly, async (c) => {
  const product = await load(c)
  const form = await readForm(c, availabilityForm)
  if (!form.ok) return goTo(c, `/productos/${product.id}`)
  const { en, 'branches[]': branchIds, desde, lista } = form.data
  const set = await setAvailability(c.var.db, product.id, { en, branchIds })
  if (!set.ok) throw new NotFound()
  return backTo(c, desde, lista)
})

rowRoutes.post('/productos/:id{[0-9]+}/favorito', managersOnly, async (c) => {
  const product = await load(c)
  const form = await readForm(c, starForm)
  if (!form.ok) return goTo(c, `/productos/${product.id}`)
  await star(c.var.db, product.id, form.data.on)
  return backTo(c, form.data.desde, form.data.lista)
})

/** To the row in its place, to the table, or to the page whose form it was. */
function backTo(c: TenantContext, from: 'lista' | 'pagina' | 'favoritos', search: ProductSearch) {
  const id = c.req.param('id')
  if (from === 'favoritos') return goTo(c, '/productos/favoritos')
  if (from === 'pagina') return goTo(c, `/productos/${id}?guardado=si#caja`)
  return wantsPartial(c) ? showRow(c, search, {}) : goTo(c, listPath(search))
}

async function showRow(
  c: TenantContext,
  search: ProductSearch,
  more: Pick<RowProps, 'rejected' | 'repriced'>,
) {
  const [product, branchCount] = await Promise.all([load(c), countBranches(c.var.db)])
  const row = () => (
    <ProductTableRow
      product={product}
      listing={listing(search)}
      canEdit
      branchCount={branchCount}
      {...more}
    />
  )
  return respond(c, { page: row, partial: row }, more.rejected ? 422 : 200)
}

/** The row with what was typed, or without htmx the whole table with that row. */
function refuse(c: TenantContext, id: number, values: Record<string, string>, error: string) {
  const search = readListing(values.lista ?? '')
  const rejected = { price: values.price ?? '', error }
  if (wantsPartial(c)) return showRow(c, search, { rejected })
  return showTable(c, search, { rejectedRow: { id, ...rejected } })
}
