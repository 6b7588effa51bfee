import { Hono } from 'hono'
import type { TenantContext, TenantEnv } from '#src/http/env.ts'
import { NotFound } from '#src/http/errors.tsx'
import { type Rejected, readForm } from '#src/http/form.ts'
import { idOf } from '#src/http/id.ts'
import { managersOnly } from '#src/http/managers-only.ts'
import { goTo, respond } from '#src/http/respond.tsx'
import { findAnyProduct } from '#src/products/queries.ts'
import { ModifiersPage } from '#views/modifiers/modifiers-page.tsx'
import {
  addGroup,
  addOption,
  attachGroups,
  changeGroup,
  type ModifierSaved,
  removeGroup,
  showOption,
} from './actions.ts'
import { attachForm, groupForm, optionChoice, optionForm } from './form.ts'
import { findGroup, listGroups } from './queries.ts'
import { modifierTexts } from './texts.ts'

/** Questions about a product and their answers: presa, cremas, sin ensalada. */
export const modifiers = new Hono<TenantEnv>()

const page = '/productos/opciones'

modifiers.get(page, managersOnly, (c) => show(c))

modifiers.post(page, managersOnly, async (c) => {
  const form = await readForm(c, groupForm)
  if (!form.ok) return show(c, { ...form, at: 'new' })
  return answer(c, await addGroup(c.var.db, form.data), form.values, 'new')
})

modifiers.post(`${page}/:id{[0-9]+}`, managersOnly, async (c) => {
  const { id } = await load(c)
  const form = await readForm(c, groupForm)
  if (!form.ok) return show(c, { ...form, at: `group-${id}` })
  return answer(c, await changeGroup(c.var.db, id, form.data), form.values, `group-${id}`)
})

modifiers.post(`${page}/:id{[0-9]+}/fuera`, managersOnly, async (c) => {
  const { id } = await load(c)
  return answer(c, await removeGroup(c.var.db, id), {}, `group-${id}`)
})

modifiers.post(`${page}/:id{[0-9]+}/nuevas`, managersOnly, async (c) => {
  const { id } = await load(c)
  const form = await readForm(c, optionForm)
  if (!form.ok) return show(c, { ...form, at: `option-${id}` })
  return answer(c, await addOption(c.var.db, id, form.data), form.values, `option-${id}`)
})

for (const [noun, active] of [
  ['oculta', false],
  ['visible', true],
] as const) {
  modifiers.post(`${page}/:id{[0-9]+}/${noun}`, managersOnly, async (c) => {
    const { id } = await load(c)
    const form = await readForm(c, optionChoice)
    const optionId = form.ok ? form.data.optionId : 0
    return answer(c, await showOption(c.var.db, id, optionId, active), {}, `option-${id}`)
  })
}

modifiers.post('/productos/:id{[0-9]+}/opciones', managersOnly, async (c) => {
  const product = await findAnyProduct(c.var.db, idOf(c))
  if (!product) throw new NotFound()
  const form = await readForm(c, attachForm)
  const attached = await attachGroups(c.var.db, product.id, form.ok ? form.data['groups[]'] : [])
  if (!attached.ok) throw new NotFound()
  return goTo(c, `/productos/${product.id}?guardado=opciones#opciones`)
})

async function load(c: TenantContext) {
  const group = await findGroup(c.var.db, idOf(c))
  if (!group) throw new NotFound()
  return group
}

function answer(c: TenantContext, saved: ModifierSaved, values: Record<string, string>, at: string) {
  if (saved.ok) return goTo(c, page)
  if (saved.problem === 'gone') throw new NotFound()
  const text = modifierTexts[saved.problem](saved.n)
  const field = saved.problem === 'name-taken' ? 'name' : 'form'
  return show(c, { values, errors: { [field]: text }, at })
}

/** `at` is the form that came back with a wrong field. */
async function show(c: TenantContext, rejected?: Rejected & { at: string }) {
  const groups = await listGroups(c.var.db)
  const view = () => <ModifiersPage shell={c.var.shell} groups={groups} rejected={rejected ?? null} />
  return respond(c, { page: view }, rejected ? 422 : 200)
}
