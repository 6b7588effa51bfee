/** Which database server takes the next business: pure. */

export const serverStatuses = ['open', 'full', 'draining'] as const
export type ServerStatus = (typeof serverStatuses)[number]

export type Server = {
  id: number
  name: string
  status: ServerStatus
  /** How many businesses it should hold. More may come when every open server is past it: nobody is turned away. */
  capacity: number
  /** Businesses and spares, and those that are just being made. */
  used: number
}

/** The first server is there without anybody having added it. */
export const firstServerRow = { id: 1, name: 'first', status: 'open', capacity: 1000 } as const

/** Open servers, the one with the most room first. `reachable`: those whose address this process knows. */
export function byRoom(servers: readonly Server[], reachable: ReadonlySet<number>): Server[] {
  return servers
    .filter((server) => server.status === 'open' && reachable.has(server.id))
    .toSorted((a, b) => roomOf(b) - roomOf(a) || a.id - b.id)
}

export const roomOf = ({ capacity, used }: Pick<Server, 'capacity' | 'used'>) => capacity - used

/** «10.6.18-MariaDB»: older than what accounts, locks and copies need. */
export function isOldMariaDb(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major < 10 || (major === 10 && minor < 11)
}
