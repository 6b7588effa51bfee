import { Hono } from 'hono'
import type { TenantContext, TenantEnv } from '#src/http/env.ts'
import { managersOnly } from '#src/http/managers-only.ts'
import { goTo, respond } from '#src/http/respond.tsx'
import { limitUpload } from '#src/http/security.ts'
import { menuFor } from '#src/menus/menu.ts'
import { countProducts } from '#src/products/queries.ts'
import { UploadForm } from '#views/imports/_upload-form.tsx'
import { ImportPage } from '#views/imports/import-page.tsx'
import { ProductsStepPage } from '#views/onboarding/products.tsx'
import { createImport } from './actions.ts'
import { recentOf } from './afterwards.ts'
import { downloads } from './download-routes.tsx'
import { readUpload } from './form.ts'
import { importPath } from './paths.ts'
import { listImports } from './queries.ts'
import { readFile } from './reader.ts'
import { reviewing } from './review-routes.tsx'
import { saving } from './saving-routes.tsx'
import { fileTexts, uploadLimits } from './texts.ts'

/** From any Excel to the till: what was read is reviewed, saved whole or not at all, and can be undone. */
export const imports = new Hono<TenantEnv>()

imports.get('/productos/importar', managersOnly, (c) => showUpload(c))

imports.post('/productos/importar', managersOnly, upTo16MB(refuseUpload), (c) => receive(c, refuseUpload))

/** The same upload from the wizard's fourth step, which the review leads back to. */
imports.post('/configurar/productos/excel', managersOnly, upTo16MB(refuseStep), (c) => receive(c, refuseStep))

for (const part of [downloads, reviewing, saving]) imports.route('/', part)

type Refuse = (c: TenantContext, text: string) => Promise<Response>

function upTo16MB(refuse: Refuse) {
  return limitUpload<TenantEnv>(uploadLimits.bodyBytes, (c) => refuse(c, fileTexts['too-large'](0)))
}

/** Read whole before anything is written: a sending that is cut leaves nothing. */
async function receive(c: TenantContext, refuse: Refuse) {
  const { db, staff, now, services } = c.var
  const file = await readUpload(c)
  if (!file) return refuse(c, fileTexts.missing(0))
  const read = await readFile(file.bytes, file.name, services)
  if (!read.ok) return refuse(c, fileTexts[read.problem](read.rows))
  const made = await createImport(db, staff, file.name, read, now)
  if (!made.ok) return refuse(c, fileTexts[made.problem](0))
  return goTo(c, importPath(made.id, refuse === refuseStep ? 'configurar' : null))
}

async function showUpload(c: TenantContext, error?: string) {
  const { db, shell, now } = c.var
  const recent = (await listImports(db, now)).flatMap(recentOf)
  return respond(
    c,
    {
      page: () => <ImportPage shell={shell} recent={recent} error={error} />,
      partial: () => <UploadForm action="/productos/importar" primary error={error} />,
    },
    error ? 422 : 200,
  )
}

function refuseUpload(c: TenantContext, text: string) {
  return showUpload(c, text)
}

async function refuseStep(c: TenantContext, error: string) {
  const { shell, tenant, db } = c.var
  const props = {
    shell,
    menu: menuFor(tenant.rubro),
    scansFirst: tenant.rubro === 'bodega',
    saved: await countProducts(db),
    error,
  }
  return respond(
    c,
    {
      page: () => <ProductsStepPage {...props} />,
      partial: () => (
        <UploadForm
          action="/configurar/productos/excel"
          title="Subir Excel con mis productos"
          error={error}
        />
      ),
    },
    422,
  )
}
