import { Hono } from 'hono'
import type { TenantContext, TenantEnv } from '#src/http/env.ts'
import { readForm } from '#src/http/form.ts'
import { managersOnly } from '#src/http/managers-only.ts'
import { goTo, wantsPartial } from '#src/http/respond.tsx'
import { discardImport, editCells, type ImportAction, setMapping, setOptions } from './actions.ts'
import { foundImport, showAfterwards, showReview } from './answers.tsx'
import { anyFields, optionsForm, readCells, readColumns, readView } from './form.ts'
import { importPath, uploadPath } from './paths.ts'
import { type ImportProblem, importTexts } from './saving/texts.ts'
import { packedSheet } from './sheets/queries.ts'
import { optionTexts } from './texts.ts'
import { guessInWorker } from './workers/planner.ts'

/** The review: nothing is saved, everything can still be chosen and mended. */
export const reviewing = new Hono<TenantEnv>()

const path = '/productos/importar/:id{[0-9]+}'

reviewing.get(path, managersOnly, async (c) => {
  const found = await foundImport(c)
  return found.record.status === 'revisada' ? showReview(c) : showAfterwards(c, found)
})

reviewing.post(`${path}/columnas`, managersOnly, async (c) => {
  const { record } = await foundImport(c)
  const form = await readForm(c, anyFields)
  const chosen = readColumns(form.values, record.mapping)
  if (!chosen.ok) return showReview(c, { columnsProblem: chosen.text, isChoosing: true }, 422)
  const set = chosen.hasNewSheet
    ? await setSheet(c, record.id, chosen.mapping.sheet)
    : await setMapping(c.var.db, record.id, chosen.mapping, c.var.now)
  return answer(c, set, (text) => ({ columnsProblem: text, isChoosing: true }))
})

reviewing.post(`${path}/opciones`, managersOnly, async (c) => {
  const { record } = await foundImport(c)
  const form = await readForm(c, optionsForm)
  if (!form.ok) return showReview(c, { failure: optionTexts.unreadable }, 422)
  const { buscar, stock, ejemplo } = form.data
  const options = {
    matchBy: buscar ?? record.matchBy,
    stockMode: stock ?? record.stockMode,
    removesMenu: ejemplo ? ejemplo === 'quitar' : record.removesMenu,
  }
  return answer(c, await setOptions(c.var.db, record.id, options, c.var.now), (failure) => ({ failure }))
})

reviewing.post(`${path}/celdas`, managersOnly, async (c) => {
  const { record } = await foundImport(c)
  const form = await readForm(c, anyFields)
  const set = await editCells(c.var.db, record.id, readCells(form.values), c.var.now)
  return answer(c, set, (failure) => ({ failure }), '#filas')
})

reviewing.post(`${path}/descarte`, managersOnly, async (c) => {
  const { record, origin } = await foundImport(c)
  await discardImport(c.var.db, record.id, c.var.now)
  return goTo(c, uploadPath(origin))
})

/** Another sheet has columns of its own: they are guessed anew. */
async function setSheet(c: TenantContext, id: number, sheet: number): Promise<ImportAction> {
  const rows = await packedSheet(c.var.db, id, sheet)
  if (!rows) return { ok: false, problem: 'no-such-sheet' }
  const guessed = await guessInWorker(rows)
  return guessed.ok ? setMapping(c.var.db, id, { ...guessed.mapping, sheet }, c.var.now) : guessed
}

/** It is no longer being reviewed: another press, or another person, was quicker. */
const over: readonly ImportProblem[] = ['saving', 'saved', 'gone']

type Said = NonNullable<Parameters<typeof showReview>[1]>

/** htmx gets the review as it is now; a plain form its page again; a refusal stands above the review. */
async function answer(c: TenantContext, set: ImportAction, said: (text: string) => Said, place = '') {
  if (!set.ok && !over.includes(set.problem)) return showReview(c, said(importTexts[set.problem](0)), 422)
  if (set.ok && wantsPartial(c)) return showReview(c)
  const { record, origin } = await foundImport(c)
  const { tab, page } = readView(c.req.query())
  const view = set.ok ? { ver: tab, pagina: page > 1 ? page : null } : {}
  return goTo(c, importPath(record.id, origin, '', view) + (set.ok ? place : ''))
}
