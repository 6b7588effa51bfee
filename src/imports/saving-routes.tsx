import { setTimeout as pause } from 'node:timers/promises'
import { Hono } from 'hono'
import { describeError } from '#src/db/errors.ts'
import type { Services, TenantContext, TenantEnv } from '#src/http/env.ts'
import { managersOnly } from '#src/http/managers-only.ts'
import { goTo, respond } from '#src/http/respond.tsx'
import { finishSetup } from '#src/onboarding/actions.ts'
import { UndoPage } from '#views/imports/undo-page.tsx'
import { startSaving, undoImport } from './actions.ts'
import { finishedShown, foundImport, showReview, showSaving } from './answers.tsx'
import { importPath, uploadPath } from './paths.ts'
import { importTexts } from './saving/texts.ts'

/** From «Guardar» on: how far it is, and the way back. */
export const saving = new Hono<TenantEnv>()

const path = '/productos/importar/:id{[0-9]+}'

saving.post(`${path}/guardado`, managersOnly, async (c) => {
  const { record, origin } = await foundImport(c)
  const { db, services, tenant } = c.var
  const background = { ...backgroundOf(services), most: tenant.plan.products }
  const started = await startSaving(db, record.id, background)
  if (!started.ok) {
    if (started.problem === 'gone') return goTo(c, uploadPath(origin))
    return showReview(c, { failure: importTexts[started.problem](started.products ?? 0) }, 409)
  }
  if (origin === 'configurar') await finishSetup(db)
  // A short list is saved before anybody could read how far it is.
  await Promise.race([started.finished, pause(patienceMs)])
  return goTo(c, importPath(record.id, origin))
})

saving.get(`${path}/avance`, managersOnly, async (c) => {
  const found = await foundImport(c)
  const { record, origin } = found
  return record.status === 'guardando' ? showSaving(c, found) : goTo(c, importPath(record.id, origin))
})

saving.get(`${path}/deshacer`, managersOnly, async (c) => {
  const { record, origin } = await foundImport(c)
  return record.canUndo ? askToUndo(c) : goTo(c, importPath(record.id, origin))
})

saving.post(`${path}/deshecho`, managersOnly, async (c) => {
  const { record, origin } = await foundImport(c)
  if (record.status === 'deshecha') return goTo(c, importPath(record.id, origin))
  const undone = await undoImport(c.var.db, record.id, c.var.staff, c.var.now)
  return undone.ok ? goTo(c, importPath(record.id, origin)) : askToUndo(c, importTexts[undone.problem](0))
})

const patienceMs = 900

const backgroundOf = ({ clock, log }: Services) => ({
  clock,
  report: (error: unknown) => log.error({ error: describeError(error) }, 'saving an import failed'),
})

async function askToUndo(c: TenantContext, problem?: string) {
  const finished = await finishedShown(c, await foundImport(c))
  const page = () => <UndoPage shell={c.var.shell} finished={finished} problem={problem} />
  return respond(c, { page }, problem ? 409 : 200)
}
