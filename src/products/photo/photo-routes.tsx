import { Hono } from 'hono'
import { readPicture } from '#src/files/picture.ts'
import { pictureTexts } from '#src/files/texts.ts'
import type { TenantContext, TenantEnv } from '#src/http/env.ts'
import { managersOnly } from '#src/http/managers-only.ts'
import { goTo } from '#src/http/respond.tsx'
import { load, showProductPage } from '../show-product.tsx'
import { setPhoto } from './actions.ts'

/** A product's photo. */
export const photoRoutes = new Hono<TenantEnv>()

photoRoutes.post('/productos/:id{[0-9]+}/foto', managersOnly, async (c) => {
  const product = await load(c)
  const read = readPicture(await uploaded(c))
  if (!read.ok) return showProductPage(c, product, undefined, { photo: pictureTexts[read.problem] })
  await setPhoto(c.var.db, product, read.picture, c.var.now)
  return goTo(c, `/productos/${product.id}?guardado=si#foto`)
})

photoRoutes.post('/productos/:id{[0-9]+}/foto/fuera', managersOnly, async (c) => {
  const product = await load(c)
  await setPhoto(c.var.db, product, null, c.var.now)
  return goTo(c, `/productos/${product.id}?guardado=si#foto`)
})

async function uploaded(c: TenantContext): Promise<Uint8Array> {
  const body = await c.req.formData().catch(() => null)
  const file = body?.get('photo')
  return file instanceof File ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array()
}
