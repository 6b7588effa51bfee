/** Which businesses the table shows, in which order: read from the address, and over rows already read. */

import { fold } from '#src/lib/text.ts'
import { isRubro, type Rubro } from '#src/tenants/rubro.ts'
import { type Business, daysLeft, type State, stateOf, states } from './business.ts'

export const sorts = [
  'alta',
  'nombre',
  'dias',
  'ventas',
  'ultima',
  'copia',
  'tamano',
  'version',
  'errores',
] as const
export type Sort = (typeof sorts)[number]

export type BusinessSearch = {
  text: string
  state: State | null
  rubro: Rubro | null
  plan: string | null
  sort: Sort
  descending: boolean
  page: number
}

export const pageSize = 50

/** Addresses are typed by hand too: what makes no sense is as if it were not there. */
export function readSearch(query: Record<string, string | undefined>): BusinessSearch {
  const order = query.orden ?? '-alta'
  const rubro = query.rubro ?? ''
  const sort = sorts.find((name) => name === order.replace(/^-/, ''))
  return {
    text: (query.q ?? '').trim().slice(0, 120),
    state: states.find((state) => state === query.estado) ?? null,
    rubro: isRubro(rubro) ? rubro : null,
    plan: /^\w{1,32}$/.exec(query.plan ?? '')?.[0] ?? null,
    sort: sort ?? 'alta',
    descending: sort ? order.startsWith('-') : true,
    page: /^[1-9]\d{0,5}$/.test(query.pagina ?? '') ? Number(query.pagina) : 1,
  }
}

export const readListing = (listing: string) =>
  readSearch(Object.fromEntries(new URLSearchParams(listing.slice(0, 1000))))

/** The address after the `?`: what a form carries back. */
export function listing({ text, state, rubro, plan, sort, descending, page }: BusinessSearch): string {
  const query = new URLSearchParams()
  if (text) query.set('q', text)
  if (state) query.set('estado', state)
  if (rubro) query.set('rubro', rubro)
  if (plan) query.set('plan', plan)
  if (sort !== 'alta' || !descending) query.set('orden', `${descending ? '-' : ''}${sort}`)
  if (page > 1) query.set('pagina', String(page))
  return query.toString()
}

const withQuery = (path: string, query: string) => (query ? `${path}?${query}` : path)
export const tablePath = (search: BusinessSearch) => withQuery('/negocios', listing(search))
export const businessPath = (id: number, search: BusinessSearch) =>
  withQuery(`/negocios/${id}`, listing(search))

export type Found = { total: number; pages: number; page: number; rows: Business[] }

/** A page beyond the last one is the last one. The deleted are shown only when asked for. */
export function find(all: readonly Business[], search: BusinessSearch, now: Date): Found {
  const words = plain(search.text).split(/\s+/).filter(Boolean).slice(0, 8)
  const rows = all.filter((one) => fits(one, search, now) && hasWords(one, words))
  rows.sort(comparing(search, now))
  const pages = Math.max(1, Math.ceil(rows.length / pageSize))
  const page = Math.min(search.page, pages)
  return {
    total: rows.length,
    pages,
    page,
    rows: rows.slice((page - 1) * pageSize, page * pageSize),
  }
}

function fits(one: Business, { state, rubro, plan }: BusinessSearch, now: Date): boolean {
  const itsState = stateOf(one, now)
  if (state ? itsState !== state : itsState === 'borrado') return false
  return (rubro === null || one.rubro === rubro) && (plan === null || one.plan === plan)
}

/** Here «nunez» finds Núñez too: an operator spells names from a chat. */
const plain = (text: string) => fold(text).replaceAll('ñ', 'n')

/** In the name, the owner's name or e-mail, or the number itself. */
function hasWords({ id, name, stats }: Business, words: readonly string[]): boolean {
  if (words.length === 0) return true
  const text = plain(`${name} ${stats.ownerName} ${stats.ownerEmail}`)
  return words.every((word) => text.includes(word) || word.replace(/^#/, '') === String(id))
}

function comparing({ sort, descending }: BusinessSearch, now: Date) {
  const way = descending ? -1 : 1
  const keys = orders(now)
  return (a: Business, b: Business) => {
    const [x, y] = [keys[sort](a), keys[sort](b)]
    // What has none is last, whichever way one looks.
    if (x === null || y === null) return x === y ? b.id - a.id : x === null ? 1 : -1
    if (x === y) return b.id - a.id
    return (x < y ? -1 : 1) * way
  }
}

type Key = string | number | null
const orders = (now: Date): Record<Sort, (one: Business) => Key> => ({
  alta: (one) => one.signedUpAt.getTime(),
  nombre: (one) => fold(one.name),
  dias: (one) => daysLeft(one.account, now).days,
  ventas: (one) => one.stats.sales7Days,
  ultima: (one) => one.stats.lastSaleAt?.getTime() ?? null,
  copia: (one) => one.coveredUntil?.getTime() ?? null,
  tamano: (one) => one.stats.databaseBytes,
  version: (one) => one.schemaVersion,
  errores: (one) => one.errorsToday,
})
