/**
 * Where to go back to, only ever a page of our own: a path with its query. Anything else (another site,
 * `//evil`, `/\evil`, no address at all) is the start page.
 */
export function returnPath(address: string | undefined, ownOrigin: string): string {
  const own = new URL(ownOrigin)
  const url = address ? URL.parse(address, own) : null
  if (!url || url.origin !== own.origin) return '/'
  // `//evil` as the path of our own origin would be another host once it stands in a Location.
  return url.pathname.startsWith('//') ? '/' : url.pathname + url.search
}
