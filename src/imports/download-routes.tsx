import { Hono } from 'hono'
import type { TenantContext, TenantEnv } from '#src/http/env.ts'
import { managersOnly } from '#src/http/managers-only.ts'
import { goTo } from '#src/http/respond.tsx'
import { foundImport } from './answers.tsx'
import { reasonsWorkbook, templateWorkbook } from './export.ts'
import { importPath } from './paths.ts'

/** Workbooks that go out: the template, alone or with what there is, and a file with its reasons. */
export const downloads = new Hono<TenantEnv>()

downloads.get('/productos/plantilla.xlsx', managersOnly, async (c) => {
  const withProducts = c.req.query('con') === 'productos'
  const name = withProducts ? 'mis-productos-smartket.xlsx' : 'plantilla-productos-smartket.xlsx'
  return workbook(c, name, await templateWorkbook(c.var.db, { withProducts }))
})

downloads.get('/productos/importar/:id{[0-9]+}/motivos.xlsx', managersOnly, async (c) => {
  const { record, origin } = await foundImport(c)
  const bytes = await reasonsWorkbook(c.var.db, record)
  if (!bytes) return goTo(c, importPath(record.id, origin))
  return workbook(c, `motivos-${record.id}.xlsx`, bytes)
})

function workbook(c: TenantContext, name: string, bytes: Uint8Array) {
  c.header('Content-Type', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  c.header('Content-Disposition', `attachment; filename="${name}"`)
  c.header('Cache-Control', 'private, no-store')
  return c.body(bytes as Uint8Array<ArrayBuffer>)
}
