import { Hono } from 'hono'
import { limitReached } from '#src/billing/usage/queries.ts'
import type { TenantContext, TenantEnv } from '#src/http/env.ts'
import { NotFound } from '#src/http/errors.tsx'
import { readForm, type Texts } from '#src/http/form.ts'
import { idOf } from '#src/http/id.ts'
import { managersOnly } from '#src/http/managers-only.ts'
import { goTo } from '#src/http/respond.tsx'
import { listingForm } from '../form.ts'
import { listing, listPath, readListing, readSearch } from '../search.ts'
import { showTable } from '../table/show-table.tsx'
import { changeCategory, changePrices, deleteMany, showMany, undoChange } from './actions.ts'
import { askDelete, askPrices } from './ask.tsx'
import { readPercent } from './bulk.ts'
import { type BulkTarget, bulkForm, bulkPriceForm, bulkTargetForm } from './form.ts'
import { findChange, targets } from './queries.ts'
import { categoryMissing, nothingTicked, percentTexts } from './texts.ts'

/** One action over the ticked products, or over all that a search finds. */
export const bulkRoutes = new Hono<TenantEnv>()

bulkRoutes.post('/productos/acciones', managersOnly, async (c) => {
  const form = await readForm(c, bulkForm)
  if (!form.ok) return refuse(c, form.values, form.errors)
  const { accion, porcentaje, categoriaNueva, ...target } = form.data
  const { db, staff, now, tenant } = c.var
  const found = await targets(db, target)
  if (found.length === 0) return refuse(c, form.values, { form: nothingTicked })
  if (accion === 'precio') {
    const percent = readPercent(porcentaje)
    if (!percent.ok) return refuse(c, form.values, { porcentaje: percentTexts[percent.problem] })
    return askPrices(c, target, found, percent.basisPoints, porcentaje)
  }
  if (accion === 'borrar') return askDelete(c, target, found)
  if (accion !== 'categoria') {
    const shown = await showMany(db, staff, target, accion === 'mostrar', now, tenant.plan.products)
    return shown.ok ? after(c, target, shown) : full(c, form.values)
  }
  if (!categoriaNueva) return refuse(c, form.values, { categoriaNueva: categoryMissing })
  return after(c, target, await changeCategory(db, staff, target, categoriaNueva, now))
})

bulkRoutes.post('/productos/acciones/precio', managersOnly, async (c) => {
  const form = await readForm(c, bulkPriceForm)
  if (!form.ok) return refuse(c, form.values, form.errors)
  const { porcentaje, ...target } = form.data
  const { db, staff, now } = c.var
  const done = await changePrices(db, staff, target, porcentaje, now)
  return done.ok ? after(c, target, done) : refuse(c, form.values, { porcentaje: done.text })
})

bulkRoutes.post('/productos/acciones/borrado', managersOnly, async (c) => {
  const form = await readForm(c, bulkTargetForm)
  if (!form.ok) return refuse(c, form.values, form.errors)
  const { db, staff, now } = c.var
  // Deleted ones are found no more: back to the first page of what is left.
  const target = { ...form.data, lista: { ...form.data.lista, page: 1 } }
  return after(c, target, await deleteMany(db, staff, target, now))
})

bulkRoutes.post('/productos/cambios/:id{[0-9]+}/deshecho', managersOnly, async (c) => {
  const change = await findChange(c.var.db, idOf(c))
  if (!change) throw new NotFound()
  const form = await readForm(c, listingForm)
  const search = form.ok ? form.data.lista : readSearch({})
  const undone = await undoChange(c.var.db, change.id, c.var.now, c.var.tenant.plan.products)
  if (!undone.ok && undone.problem === 'limit') return full(c, { lista: listing(search) })
  return goTo(c, listPath(search, { done: change.id }))
})

const after = (c: TenantContext, { lista }: BulkTarget, { changeId }: { changeId: number }) =>
  goTo(c, listPath(lista, { done: changeId }))

/** Nothing was shown again: the plan holds no more. What was ticked or typed stays. */
const full = async (c: TenantContext, values: Texts) =>
  showTable(c, readListing(values.lista ?? ''), {
    limit: await limitReached(c.var, 'products'),
    ...('accion' in values ? { rejectedBulk: { values, errors: {} } } : {}),
  })

const refuse = (c: TenantContext, values: Texts, errors: Texts) =>
  showTable(c, readListing(values.lista ?? ''), { rejectedBulk: { values, errors } })
