import { Hono } from 'hono'
import type { TenantContext, TenantEnv } from '#src/http/env.ts'
import { Forbidden, NotFound } from '#src/http/errors.tsx'
import { type Rejected, readForm } from '#src/http/form.ts'
import { idOf } from '#src/http/id.ts'
import { managersOnly } from '#src/http/managers-only.ts'
import { goTo, respond } from '#src/http/respond.tsx'
import { findAnyProduct } from '#src/products/queries.ts'
import { StockPage } from '#views/stock/stock-page.tsx'
import { blockWithoutStock, type MovementProblem, moveStock, trackStock } from './actions.ts'
import { movementForm, switchForm } from './form.ts'
import { blocksWithoutStock, listLevels, listMovements } from './queries.ts'
import { amountText, branchText, levelText, notTrackedText } from './texts.ts'

/** How much there is of a product, in each branch, and every movement with its reason. */
export const stock = new Hono<TenantEnv>()

const path = '/productos/:id{[0-9]+}/existencias'

stock.get(path, managersOnly, async (c) => show(c, await load(c)))

stock.post(path, managersOnly, async (c) => {
  const product = await load(c)
  const form = await readForm(c, movementForm)
  if (!form.ok) return show(c, product, form)
  const moved = await moveStock(c.var.db, c.var.staff, { productId: product.id, ...form.data }, c.var.now)
  if (moved.ok) return goTo(c, `/productos/${product.id}/existencias`)
  return show(c, product, { values: form.values, errors: wrong(moved.problem, product.stepThousandths) })
})

stock.post(`${path}/control`, managersOnly, async (c) => {
  const product = await load(c)
  const form = await readForm(c, switchForm)
  await trackStock(c.var.db, product.id, form.ok && form.data.on, c.var.now)
  return goTo(c, `/productos/${product.id}/existencias`)
})

stock.post(`${path}/bloqueo`, managersOnly, async (c) => {
  const product = await load(c)
  if (c.var.staff.role !== 'dueno') throw new Forbidden()
  const form = await readForm(c, switchForm)
  await blockWithoutStock(c.var.db, form.ok && form.data.on)
  return goTo(c, `/productos/${product.id}/existencias`)
})

type Product = NonNullable<Awaited<ReturnType<typeof findAnyProduct>>>

async function load(c: TenantContext): Promise<Product> {
  const product = await findAnyProduct(c.var.db, idOf(c))
  if (!product) throw new NotFound()
  return product
}

function wrong(problem: MovementProblem, stepThousandths: number): Record<string, string> {
  if (problem === 'not-tracked') return { form: notTrackedText }
  if (problem === 'unknown-branch') return { branchId: branchText }
  if (problem === 'too-large') return { quantity: levelText }
  return { quantity: amountText(problem, stepThousandths) }
}

const newest = 50

async function show(c: TenantContext, product: Product, rejected?: Rejected) {
  const { db, shell, staff } = c.var
  const [levels, movements, blocks] = await Promise.all([
    listLevels(db, product.id),
    listMovements(db, product.id, newest),
    blocksWithoutStock(db),
  ])
  const props = { shell, product, levels, movements, blocks, isOwner: staff.role === 'dueno' }
  const page = () => <StockPage {...props} rejected={rejected ?? null} />
  return respond(c, { page }, rejected ? 422 : 200)
}
