import { Hono } from 'hono'
import type { LimitNote } from '#src/billing/limits.ts'
import { limitReached } from '#src/billing/usage/queries.ts'
import type { TenantContext, TenantEnv } from '#src/http/env.ts'
import { NotFound } from '#src/http/errors.tsx'
import { type Rejected, readForm, type Texts } from '#src/http/form.ts'
import { goTo, respond } from '#src/http/respond.tsx'
import { formatAmount } from '#src/lib/money.ts'
import { fold } from '#src/lib/text.ts'
import { useMenu } from '#src/menus/actions.ts'
import { fieldOf, menuForm } from '#src/menus/form.ts'
import { type Menu, menuFor } from '#src/menus/menu.ts'
import { matchableProducts } from '#src/products/queries.ts'
import { ReadyMenuPage } from '#views/onboarding/ready-menu.tsx'
import { finishSetup } from './actions.ts'
import { stepOpen } from './step-open.tsx'

const path = '/configurar/productos/carta'

/** «Usar la carta lista»: all boxes ticked, prices to type over. */
export const readyMenuPage = new Hono<TenantEnv>()

readyMenuPage.use(path, stepOpen(4))

readyMenuPage.get(path, async (c) => {
  const menu = menuOf(c)
  return show(c, menu, { values: await examples(c, menu) })
})

readyMenuPage.post(path, async (c) => {
  const menu = menuOf(c)
  const form = await readForm(c, menuForm(menu))
  if (!form.ok) return show(c, menu, form)
  const used = await useMenu(c.var.db, menu, form.data, c.var.now, c.var.tenant.plan.products)
  if (!used.ok) {
    const limit = await limitReached(c.var, 'products')
    return show(c, menu, { values: form.values, errors: {}, limit })
  }
  await finishSetup(c.var.db)
  return goTo(c, c.var.shell.setupStep < 4 ? '/' : '/productos')
})

function menuOf(c: TenantContext): Menu {
  const menu = menuFor(c.var.tenant.rubro)
  if (!menu) throw new NotFound()
  return menu
}

/** All ticked; who comes back finds her own prices, not the examples. */
async function examples(c: TenantContext, menu: Menu): Promise<Texts> {
  const own = new Map((await matchableProducts(c.var.db)).map((row) => [fold(row.name), row.priceCentimos]))
  return Object.fromEntries(
    menu.items.flatMap(({ key, name, priceCentimos }) => [
      [fieldOf.box(key), 'on'],
      [fieldOf.price(key), formatAmount(own.get(fold(name)) ?? priceCentimos)],
    ]),
  )
}

function show(c: TenantContext, menu: Menu, shown: Partial<Rejected> & { values: Texts; limit?: LimitNote }) {
  const page = () => <ReadyMenuPage shell={c.var.shell} menu={menu} {...shown} />
  return respond(c, { page }, shown.errors ? 422 : 200)
}
