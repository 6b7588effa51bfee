import { Hono } from 'hono'
import type { TenantEnv } from '#src/http/env.ts'
import { managersOnly } from '#src/http/managers-only.ts'
import { goTo, respond } from '#src/http/respond.tsx'
import { FavouritesPage } from '#views/products/favourites-page.tsx'
import { load } from '../show-product.tsx'
import { moveFavourite } from './actions.ts'
import { listFavourites } from './queries.ts'

/** The order of the till's first screen. */
export const favouriteRoutes = new Hono<TenantEnv>()

favouriteRoutes.get('/productos/favoritos', managersOnly, async (c) => {
  const favourites = await listFavourites(c.var.db)
  return respond(c, { page: () => <FavouritesPage shell={c.var.shell} favourites={favourites} /> })
})

for (const [noun, by] of [
  ['arriba', -1],
  ['abajo', 1],
] as const) {
  favouriteRoutes.post(`/productos/:id{[0-9]+}/favorito/${noun}`, managersOnly, async (c) => {
    const { id } = await load(c)
    await moveFavourite(c.var.db, id, by)
    return goTo(c, '/productos/favoritos')
  })
}
