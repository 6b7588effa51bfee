import type { TenantContext } from '#src/http/env.ts'
import { respond } from '#src/http/respond.tsx'
import { count } from '#src/lib/text.ts'
import { BulkQuestionPage } from '#views/products/bulk-question-page.tsx'
import { listing, listPath } from '../search.ts'
import { showTable } from '../table/show-table.tsx'
import { type PricedProduct, planPrices, previewText } from './bulk.ts'
import type { BulkTarget } from './form.ts'
import { keptIds } from './queries.ts'
import { deleteQuestion, tooDearText } from './texts.ts'

/** The sentence that says what would become of the prices, and the button that does it. */
export function askPrices(
  c: TenantContext,
  target: BulkTarget,
  found: readonly PricedProduct[],
  basisPoints: number,
  percent: string,
) {
  const plan = planPrices(found, basisPoints)
  if (plan.tooDear) {
    const values = { accion: 'precio', porcentaje: percent, de: target.de }
    const errors = { porcentaje: tooDearText(plan.tooDear.name) }
    return showTable(c, target.lista, { rejectedBulk: { values, errors } })
  }
  return ask(c, target, {
    title: 'Cambiar precios',
    text: previewText(plan, basisPoints),
    action: '/productos/acciones/precio',
    more: [['porcentaje', percent]],
    answer: `Cambiar ${count(plan.changes.length, 'precio', 'precios')}`,
  })
}

export async function askDelete(c: TenantContext, target: BulkTarget, found: readonly PricedProduct[]) {
  const kept = await keptIds(
    c.var.db,
    found.map((row) => row.id),
  )
  const gone = found.length - kept.size
  return ask(c, target, {
    title: found.length === 1 ? `Borrar ${found[0]?.name}` : 'Borrar productos',
    text: deleteQuestion(gone, kept.size),
    action: '/productos/acciones/borrado',
    more: [],
    answer:
      gone === 0
        ? `Ocultar ${count(kept.size, 'producto', 'productos')}`
        : `Borrar ${count(gone, 'producto', 'productos')}`,
    isDanger: true,
  })
}

type Question = {
  title: string
  text: string
  action: string
  more: [string, string][]
  answer: string
  isDanger?: boolean
}

function ask(c: TenantContext, target: BulkTarget, { more, ...question }: Question) {
  const fields: [string, string][] = [
    ['lista', listing(target.lista)],
    ['de', target.de],
    ...(target.de === 'marcados' ? target['ids[]'].map((id): [string, string] => ['ids[]', String(id)]) : []),
    ...more,
  ]
  const page = () => (
    <BulkQuestionPage shell={c.var.shell} fields={fields} back={listPath(target.lista)} {...question} />
  )
  return respond(c, { page })
}
