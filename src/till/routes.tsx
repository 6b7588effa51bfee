import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import { lockOf, maySell } from '#src/billing/account.ts'
import { lockPath } from '#src/billing/lock/lock.ts'
import { serviceText } from '#src/billing/lock/texts.ts'
import { limitReached } from '#src/billing/usage/queries.ts'
import { openSession } from '#src/cash/queries.ts'
import type { Role, TenantEnv } from '#src/http/env.ts'
import { NotFound } from '#src/http/errors.tsx'
import { firstErrors, readJson } from '#src/http/form.ts'
import { managersOnly } from '#src/http/managers-only.ts'
import { respond } from '#src/http/respond.tsx'
import { readId } from '#src/lib/id.ts'
import { menuFor } from '#src/menus/menu.ts'
import { resumePath, stepsBeforeSelling } from '#src/onboarding/onboarding.ts'
import { addProduct } from '#src/products/actions.ts'
import { productForm } from '#src/products/form.ts'
import { problemTexts } from '#src/products/texts.ts'
import { stockForTill } from '#src/stock/queries.ts'
import { catalogueVersion, toDocument } from '#src/till/catalogue.ts'
import {
  findCatalogueProduct,
  findCatalogueVersion,
  findTill,
  loadCatalogue,
  loadSoldOut,
} from '#src/till/queries.ts'
import type { TillMode } from '#src/till/till.ts'
import { TillPage } from '#views/till/page.tsx'

export const till = new Hono<TenantEnv>()

till.get('/pos', async (c) => {
  const { db, tenant, shell, now, staff, account } = c.var
  const found = await findTill(db)
  if (!found || shell.setupStep < stepsBeforeSelling) return c.redirect(resumePath(shell.setupStep), 303)
  const mode: TillMode = c.req.query('modo') === 'practica' ? 'practica' : 'venta'
  const locked = mode === 'venta' ? lockOf(account) : null
  const session = locked && (await openSession(db, found.register.id))
  // The lock takes hold here, when a till is opened: never in the middle of a service.
  if (locked && !maySell(locked.since, session, now)) return c.redirect(lockPath('/pos'), 303)
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
        chip={locked ? serviceText(locked, now) : shell.trialChip}
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
  const stock = await stockForTill(c.var.db, readId(c.req.query('caja')) ?? 0)
  if (!stock) throw new NotFound()
  c.header('Cache-Control', 'private, no-store')
  return c.json(stock)
})

/** «Crear producto» without leaving the till: what it became goes into the order at once. */
till.post('/pos/productos', managersOnly, async (c) => {
  const { db, now, tenant } = c.var
  c.header('Cache-Control', 'private, no-store')
  const form = productForm.safeParse(await readJson(c))
  if (!form.success) return c.json({ ok: false, errors: firstErrors(form.error) }, 422)
  const added = await addProduct(db, form.data, now, tenant.plan.products)
  if (added.ok) return c.json({ ok: true, product: await findCatalogueProduct(db, added.id) })
  if (added.problem === 'limit') {
    const { text, way } = await limitReached(c.var, 'products')
    return c.json({ ok: false, errors: { form: text }, way }, 422)
  }
  const { field, text } = problemTexts[added.problem](added.takenBy)
  return c.json({ ok: false, errors: { [field]: text } }, 422)
})

const managers: ReadonlySet<Role> = new Set<Role>(['dueno', 'encargado'])
