import { limitReached } from '#src/billing/usage/queries.ts'
import type { TenantContext } from '#src/http/env.ts'
import { NotFound } from '#src/http/errors.tsx'
import { idOf } from '#src/http/id.ts'
import { goTo, respond } from '#src/http/respond.tsx'
import { countProducts } from '#src/products/queries.ts'
import { ImportReview } from '#views/imports/_review.tsx'
import { DonePage } from '#views/imports/done-page.tsx'
import { PreviewPage } from '#views/imports/preview-page.tsx'
import { SavingPage, SavingProgress } from '#views/imports/saving-page.tsx'
import { UndonePage } from '#views/imports/undone-page.tsx'
import { finishedOf, savingOf, undoneOf } from './afterwards.ts'
import { readView } from './form.ts'
import { originOf, uploadPath } from './paths.ts'
import { findImport, keptByUndo, previewOf } from './queries.ts'
import { removedBy } from './removing/queries.ts'
import { firstTab, linesAtOnce, outcomes, reviewOf } from './review.ts'
import { listsLeft } from './sheets/queries.ts'

/** The import of this address, of this business; another's is nobody's. */
export async function foundImport(c: TenantContext) {
  const { db, now } = c.var
  const record = await findImport(db, idOf(c), now)
  if (!record) throw new NotFound()
  return { record, origin: originOf(c.req.query('desde')) }
}

type Found = Awaited<ReturnType<typeof foundImport>>
type Said = { isChoosing?: boolean; columnsProblem?: string; failure?: string }

/** The review as it is now, with the rows that the address asks for, or those that need a look. */
export async function showReview(c: TenantContext, said: Said = {}, status: 200 | 409 | 422 = 200) {
  const { record, origin } = await foundImport(c)
  const asked = readView(c.req.query())
  const tab = asked.tab ?? firstTab(record.summary)
  const view = { outcome: outcomes[tab], page: asked.page, pageSize: linesAtOnce }
  const preview = await previewOf(c.var.db, record, view, c.var.tenant.plan.products)
  if (!preview) return goTo(c, uploadPath(origin))
  const { failure = record.failure, ...rest } = said
  const isOver = preview.problem?.problem === 'over-plan'
  const limit = isOver ? await limitReached(c.var, 'products') : null
  const review = reviewOf({ ...record, failure }, preview, { origin, tab, page: asked.page, limit, ...rest })
  return respond(
    c,
    {
      page: () => <PreviewPage shell={c.var.shell} review={review} />,
      partial: () => <ImportReview review={review} />,
    },
    status,
  )
}

/** What stands at an import's address, from «Guardar» on. */
export async function showAfterwards(c: TenantContext, found: Found) {
  const { record, origin } = found
  const { db, shell } = c.var
  if (record.status === 'guardando') return showSaving(c, found)
  if (record.status === 'guardada') {
    const finished = await finishedShown(c, found)
    return respond(c, { page: () => <DonePage shell={shell} finished={finished} /> })
  }
  if (record.status === 'deshecha') {
    const undone = undoneOf(record, origin, await keptByUndo(db, record.id))
    return respond(c, { page: () => <UndonePage shell={shell} undone={undone} /> })
  }
  return goTo(c, uploadPath(origin))
}

export async function finishedShown(c: TenantContext, { record, origin }: Found) {
  const { db } = c.var
  const [products, removed, left] = await Promise.all([
    countProducts(db),
    removedBy(db, record.id),
    listsLeft(db, record),
  ])
  return finishedOf(record, origin, { products, removed, left })
}

export function showSaving(c: TenantContext, { record, origin }: Found) {
  const saving = savingOf(record, origin)
  return respond(c, {
    page: () => <SavingPage shell={c.var.shell} saving={saving} />,
    partial: () => <SavingProgress saving={saving} />,
  })
}
