import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import type { Role, TenantEnv } from '#src/http/env.ts'
import { NotFound } from '#src/http/errors.tsx'
import { respond } from '#src/http/respond.tsx'
import { menuFor } from '#src/menus/menu.ts'
import { resumePath, stepsBeforeSelling } from '#src/onboarding/onboarding.ts'
import { stockForTill } from '#src/stock/queries.ts'
import { catalogueVersion, toDocument } from '#src/till/catalogue.ts'
import { findCatalogueVersion, findTill, loadCatalogue, loadSoldOut } from '#src/till/queries.ts'
import type { TillMode } from '#src/till/till.ts'
import { TillPage } from '#views/till/page.tsx'

export const till = new Hono<TenantEnv>()

till.get('/pos', async (c) => {
  const { db, tenant, shell, now, staff } = c.var
  const found = await findTill(db)
  if (!found || shell.setupStep < stepsBeforeSelling) return c.redirect(resumePath(shell.setupStep), 303)
  const mode: TillMode = c.req.query('modo') === 'practica' ? 'practica' : 'venta'
  const version = catalogueVersion(tenant.uid, found.catalogueVersion)
  const openingKey = randomUUID()
  return respond(c, {
    page: () => (
      <TillPage
        till={found}
        mode={mode}
        version={version}
        shell={shell}
        now={now}
        isManager={managers.has(staff.role)}
        hasReadyMenu={menuFor(tenant.rubro) !== null}
        openingKey={openingKey}
      />
    ),
  })
})

/** One document per version, kept for ever by the browser; an old address leads to the newest. */
till.get('/pos/catalogo/:version', async (c) => {
  const version = catalogueVersion(c.var.tenant.uid, await findCatalogueVersion(c.var.db))
  if (c.req.param('version') !== version) {
    c.header('Cache-Control', 'private, no-store')
    return c.redirect(`/pos/catalogo/${version}`, 302)
  }
  c.header('Cache-Control', 'private, max-age=31536000, immutable')
  const [catalogue, soldOut] = await Promise.all([loadCatalogue(c.var.db, version), loadSoldOut(c.var.db)])
  return c.json(toDocument(catalogue, soldOut))
})

/** What the shelves of the register's branch hold at this instant, as far as a till must warn of it. */
till.get('/pos/existencias', async (c) => {
  const stock = await stockForTill(c.var.db, Number(c.req.query('caja')) || 0)
  if (!stock) throw new NotFound()
  c.header('Cache-Control', 'private, no-store')
  return c.json(stock)
})

const managers: ReadonlySet<Role> = new Set<Role>(['dueno', 'encargado'])
