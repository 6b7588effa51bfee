import { Hono } from 'hono'
import type { LimitNote } from '#src/billing/limits.ts'
import { limitReached } from '#src/billing/usage/queries.ts'
import type { TenantContext, TenantEnv } from '#src/http/env.ts'
import { type Rejected, readForm, type Texts } from '#src/http/form.ts'
import { goTo, respond } from '#src/http/respond.tsx'
import { readId } from '#src/lib/id.ts'
import { menuFor } from '#src/menus/menu.ts'
import { addProduct } from '#src/products/actions.ts'
import { productForm } from '#src/products/form.ts'
import { countProducts, findProduct, latestProducts, listCategories } from '#src/products/queries.ts'
import { problemTexts } from '#src/products/texts.ts'
import { AddOnePage, type AddWay } from '#views/onboarding/add-one.tsx'
import { ProductsStepPage } from '#views/onboarding/products.tsx'
import { finishSetup } from './actions.ts'
import { stepOpen } from './step-open.tsx'

/** Paso 4, «Importar Productos»: four ways in, and one to leave it for later. */
export const productsStep = new Hono<TenantEnv>()

productsStep.use('/configurar/productos', stepOpen(4))
productsStep.use('/configurar/productos/*', stepOpen(4))

productsStep.get('/configurar/productos', async (c) => {
  const { shell, tenant, db } = c.var
  const props = {
    shell,
    menu: menuFor(tenant.rubro),
    scansFirst: tenant.rubro === 'bodega',
    saved: await countProducts(db),
  }
  return respond(c, { page: () => <ProductsStepPage {...props} /> })
})

for (const way of ['nuevo', 'escanear'] as const) {
  const path = `/configurar/productos/${way}` as const

  productsStep.get(path, async (c) => show(c, way, { values: {} }))

  productsStep.post(path, async (c) => {
    const form = await readForm(c, productForm)
    if (!form.ok) return show(c, way, form)
    const added = await addProduct(c.var.db, form.data, c.var.now, c.var.tenant.plan.products)
    if (!added.ok && added.problem === 'limit') {
      const limit = await limitReached(c.var, 'products')
      return show(c, way, { values: form.values, errors: {}, limit })
    }
    if (!added.ok) {
      const { field, text } = problemTexts[added.problem](added.takenBy)
      return show(c, way, { values: form.values, errors: { [field]: text } })
    }
    await finishSetup(c.var.db)
    return goTo(c, `${path}?guardado=${added.id}`)
  })
}

type Shown = Partial<Rejected> & { values: Texts; limit?: LimitNote }

/** The form, empty again after each save, beside what was just added. */
async function show(c: TenantContext, way: AddWay, shown: Shown) {
  const { db, shell } = c.var
  const [categories, latest, saved, justAdded] = await Promise.all([
    listCategories(db),
    latestProducts(db, 5),
    countProducts(db),
    findProduct(db, readId(c.req.query('guardado')) ?? 0),
  ])
  const props = { shell, way, categories, latest, saved, justAdded: justAdded?.name ?? null, ...shown }
  return respond(c, { page: () => <AddOnePage {...props} /> }, shown.errors ? 422 : 200)
}
