import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { Hono } from 'hono'
import { limits } from '#src/accounts/limits.ts'
import { tooManyText } from '#src/accounts/texts.ts'
import { secondsToWait } from '#src/accounts/too-many.tsx'
import { audit } from '#src/audit/actions.ts'
import type { TenantContext, TenantEnv } from '#src/http/env.ts'
import { NotFound } from '#src/http/errors.tsx'
import { type Rejected, readForm } from '#src/http/form.ts'
import { ownersOnly } from '#src/http/owners-only.ts'
import { goTo, respond } from '#src/http/respond.tsx'
import { readId } from '#src/lib/id.ts'
import { limaDate } from '#src/lib/lima.ts'
import { ExportProgress } from '#views/exports/_progress.tsx'
import { ExportPage } from '#views/exports/export-page.tsx'
import { askForExport, exportsFolder } from './actions.ts'
import { zipName } from './contents/names.ts'
import { exportShown, isUnderway, mayFetch } from './export.ts'
import { passwordForm } from './form.ts'
import { findExport, latestExport } from './queries.ts'
import { exportProblems } from './texts.ts'

/** «Descargar todo»: for the owner, whatever the account's state is. */
export const exports = new Hono<TenantEnv>()

exports.use('/cuenta/datos', ownersOnly)
exports.use('/cuenta/datos/*', ownersOnly)

exports.get('/cuenta/datos', (c) => show(c))

exports.post('/cuenta/datos', async (c) => {
  const { services, tenant, user, sessionId, clientAddress, now } = c.var
  const form = await readForm(c, passwordForm)
  if (!form.ok) return show(c, form)
  const wait = await secondsToWait(c, [[limits.signInByAccount, user.email]])
  if (wait) return show(c, { values: {}, errors: { form: tooManyText(wait, { recover: true }) } }, 429)
  const asked = await askForExport(
    services,
    { tenant, userId: user.id, sessionId, password: form.data.password, address: clientAddress },
    now,
  )
  if (!asked.ok) {
    const { field, text, status } = exportProblems[asked.problem]
    return show(c, { values: {}, errors: { [field]: text } }, status)
  }
  // A small business is ready before anybody could read how far it is.
  await pause(patienceMs)
  return goTo(c, '/cuenta/datos')
})

const patienceMs = 700

exports.get('/cuenta/datos/avance', async (c) => {
  const shown = await shownTo(c)
  if (!isUnderway(shown)) return goTo(c, '/cuenta/datos')
  return respond(c, { page: () => page(c, shown), partial: () => <ExportProgress shown={shown} /> })
})

/** Only the session that asked, for 24 hours: everybody else's is not there. */
exports.get('/cuenta/datos/:id{[0-9]+}/zip', async (c) => {
  const { services, tenant, user, sessionId, clientAddress, now } = c.var
  const { admin } = services.databases
  const id = readId(c.req.param('id'))
  const record = id === null ? null : await findExport(admin, id, { tenantId: tenant.id, sessionId })
  if (!record?.fileName || !mayFetch(record, now)) throw new NotFound()
  const file = join(exportsFolder(services.config.dataFolder), record.fileName)
  const found = await stat(file).catch(() => null)
  if (!found) throw new NotFound()
  const name = zipName(tenant.businessName, limaDate(record.createdAt))
  const headers = {
    'Content-Type': 'application/zip',
    'Content-Length': String(found.size),
    'Content-Disposition': `attachment; filename="${name}"`,
    'Cache-Control': 'private, no-store',
  }
  // Nothing is fetched by a HEAD: a file opened for it would never be read, nor closed.
  if (c.req.method === 'HEAD') return c.body(null, 200, headers)
  const act = { act: 'export.fetched', detail: { export: record.id }, address: clientAddress }
  await audit(admin, { userId: user.id, tenantId: tenant.id, ...act }, now)
  return c.body(Readable.toWeb(createReadStream(file)) as ReadableStream, 200, headers)
})

async function shownTo(c: TenantContext) {
  const { services, tenant, sessionId, now } = c.var
  const record = await latestExport(services.databases.admin, { tenantId: tenant.id, sessionId })
  return exportShown(record, now)
}

async function show(c: TenantContext, rejected?: Rejected, status: 409 | 422 | 429 | 503 = 422) {
  const shown = await shownTo(c)
  return respond(c, { page: () => page(c, shown, rejected) }, rejected ? status : 200)
}

function page(c: TenantContext, shown: Awaited<ReturnType<typeof shownTo>>, rejected?: Rejected) {
  return <ExportPage shell={c.var.shell} shown={shown} errors={rejected?.errors} />
}
