import { Hono } from 'hono'
import type { TenantContext, TenantEnv } from '#src/http/env.ts'
import { managersOnly } from '#src/http/managers-only.ts'
import { goTo, respond } from '#src/http/respond.tsx'
import { menuFor } from '#src/menus/menu.ts'
import { finishSetup } from '#src/onboarding/actions.ts'
import { countProducts } from '#src/products/queries.ts'
import { ImportPage } from '#views/imports/import-page.tsx'
import { ProductsStepPage } from '#views/onboarding/products.tsx'
import { importFile } from './actions.ts'
import { readUpload } from './form.ts'
import { resultQuery } from './import.ts'
import { reasonsOf } from './reasons.ts'
import { templateWorkbook } from './template.ts'

/** The filled template: from Excel to the till, all or nothing. */
export const imports = new Hono<TenantEnv>()

imports.get('/productos/plantilla.xlsx', async (c) => {
  c.header('Content-Type', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  c.header('Content-Disposition', 'attachment; filename="plantilla-productos-smartket.xlsx"')
  c.header('Cache-Control', 'private, no-store')
  return c.body((await templateWorkbook()) as Uint8Array<ArrayBuffer>)
})

imports.get('/productos/importar', managersOnly, (c) =>
  respond(c, { page: () => <ImportPage shell={c.var.shell} /> }),
)

imports.post('/productos/importar', managersOnly, async (c) => {
  const imported = await importFile(c.var.db, await readUpload(c), c.var.now)
  if (imported.ok) return goTo(c, `/productos?${resultQuery(imported)}`)
  const errors = reasonsOf(imported)
  return respond(c, { page: () => <ImportPage shell={c.var.shell} errors={errors} /> }, 422)
})

/** The same upload from the wizard's fourth step. */
imports.post('/configurar/productos/excel', managersOnly, async (c) => {
  const imported = await importFile(c.var.db, await readUpload(c), c.var.now)
  if (!imported.ok) return refuseStep(c, reasonsOf(imported))
  await finishSetup(c.var.db)
  return goTo(c, `/configurar/productos?${resultQuery(imported)}`)
})

async function refuseStep(c: TenantContext, errors: string[]) {
  const { shell, tenant, db } = c.var
  const props = {
    shell,
    menu: menuFor(tenant.rubro),
    scansFirst: tenant.rubro === 'bodega',
    saved: await countProducts(db),
    result: null,
    errors,
  }
  return respond(c, { page: () => <ProductsStepPage {...props} /> }, 422)
}
