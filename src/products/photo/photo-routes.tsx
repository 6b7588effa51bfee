import { Hono } from 'hono'
import { maxPictureBytes, type PictureProblem, readPicture } from '#src/files/picture.ts'
import { pictureTexts } from '#src/files/texts.ts'
import type { TenantContext, TenantEnv } from '#src/http/env.ts'
import { managersOnly } from '#src/http/managers-only.ts'
import { goTo } from '#src/http/respond.tsx'
import { limitUpload } from '#src/http/security.ts'
import type { ProductRow } from '../product.ts'
import { load, showProductPage } from '../show-product.tsx'
import { setPhoto } from './actions.ts'

/** A product's photo. */
export const photoRoutes = new Hono<TenantEnv>()

/** The photo and what a form puts around it. */
const bodyBytes = maxPictureBytes + 20_000

/** A phone's photo as it was taken, where no script made it small: the page itself says so, at the field. */
const limitPhoto = limitUpload<TenantEnv>(bodyBytes, async (c) => refuse(c, await load(c), 'too-heavy'))

photoRoutes.post('/productos/:id{[0-9]+}/foto', managersOnly, limitPhoto, async (c) => {
  const product = await load(c)
  const read = readPicture(await uploaded(c))
  if (!read.ok) return refuse(c, product, read.problem)
  await setPhoto(c.var.db, product, read.picture, c.var.now)
  return goTo(c, `/productos/${product.id}?guardado=si#foto`)
})

photoRoutes.post('/productos/:id{[0-9]+}/foto/fuera', managersOnly, async (c) => {
  const product = await load(c)
  await setPhoto(c.var.db, product, null, c.var.now)
  return goTo(c, `/productos/${product.id}?guardado=si#foto`)
})

function refuse(c: TenantContext, product: ProductRow, problem: PictureProblem) {
  return showProductPage(c, product, undefined, { photo: pictureTexts[problem] })
}

async function uploaded(c: TenantContext): Promise<Uint8Array> {
  const body = await c.req.formData().catch(() => null)
  const file = body?.get('photo')
  return file instanceof File ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array()
}
