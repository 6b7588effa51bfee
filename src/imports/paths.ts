/** Where the owner came from: the wizard's fourth step, or the list of products. */
export type Origin = 'configurar' | null

export const originOf = (desde: string | undefined): Origin => (desde === 'configurar' ? 'configurar' : null)

type Query = Record<string, string | number | null | undefined>

/** An address of one import; whoever comes from the wizard stays on the way back to it. */
export function importPath(id: number, origin: Origin, noun = '', query: Query = {}): string {
  const all = Object.entries({ ...query, desde: origin }).filter(([, value]) => value != null)
  const search = new URLSearchParams(all.map(([key, value]) => [key, String(value)])).toString()
  return `/productos/importar/${id}${noun && `/${noun}`}${search && `?${search}`}`
}

/** Where a file is sent: these have a limit of their own. */
export const isUploadPath = (path: string) =>
  path === '/productos/importar' || path === '/configurar/productos/excel'

/** Where a file that is left goes: another may be uploaded there. */
export const uploadPath = (origin: Origin) =>
  origin === 'configurar' ? '/configurar/productos' : '/productos/importar'
