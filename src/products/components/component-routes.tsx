import { Hono } from 'hono'
import type { TenantEnv } from '#src/http/env.ts'
import { NotFound } from '#src/http/errors.tsx'
import { readForm } from '#src/http/form.ts'
import { managersOnly } from '#src/http/managers-only.ts'
import { goTo } from '#src/http/respond.tsx'
import { load, showProductPage } from '../show-product.tsx'
import { putComponent, removeComponent } from './actions.ts'
import { componentForm } from './form.ts'
import { componentTexts } from './texts.ts'

/** What a product is made of. */
export const componentRoutes = new Hono<TenantEnv>()

componentRoutes.post('/productos/:id{[0-9]+}/componentes', managersOnly, async (c) => {
  const product = await load(c)
  const form = await readForm(c, componentForm)
  if (!form.ok) return showProductPage(c, product, undefined, { component: { ...form, choices: [] } })
  const saved = await putComponent(c.var.db, product.id, form.data)
  if (saved.ok) return goTo(c, `/productos/${product.id}?guardado=si#componentes`)
  if (saved.problem === 'gone') throw new NotFound()
  const { field, text } = componentTexts[saved.problem]
  const component = { values: form.values, errors: { [field]: text }, choices: saved.choices ?? [] }
  return showProductPage(c, product, undefined, { component })
})

componentRoutes.post('/productos/:id{[0-9]+}/componentes/fuera', managersOnly, async (c) => {
  const product = await load(c)
  const form = await readForm(c, componentForm)
  if (form.ok) await removeComponent(c.var.db, product.id, form.data.componentId)
  return goTo(c, `/productos/${product.id}?guardado=si#componentes`)
})
