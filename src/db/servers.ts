import { firstServer } from './accounts.ts'
import { ServerUnknown } from './errors.ts'
import type { ServerAddress } from './server-address.ts'
import { ServerPool } from './server-pool.ts'

/** One bounded pool for each database server. None is connected before somebody needs it. */
export type ServerPools = {
  /** Throws ServerUnknown where nobody told us the server's address. */
  of(serverId: number): ServerPool
  figures(): PoolFigures[]
  close(): Promise<void>
}

export type PoolFigures = { server: number } & ServerPool['figures']

/** A server that is away stops its own businesses only: each has its own connections and its own waiting. */
export function serverPools(servers: ReadonlyMap<number, ServerAddress>, connections: number): ServerPools {
  const perAccount = Math.min(6, connections)
  const pools = new Map(
    [...servers].map(([id, server]) => [id, new ServerPool({ server, connections, perAccount })]),
  )
  return {
    of: (serverId) => pools.get(serverId) ?? unknown(serverId),
    figures: () => [...pools].map(([server, pool]) => ({ server, ...pool.figures })),
    close: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.close()))
    },
  }
}

export const addressOf = (servers: ReadonlyMap<number, ServerAddress>, serverId: number): ServerAddress =>
  servers.get(serverId) ?? unknown(serverId)

function unknown(serverId: number): never {
  const variable = serverId === firstServer ? 'DATABASE_URL' : `DATABASE_URL_${serverId}`
  throw new ServerUnknown(`the address of database server ${serverId} is not known: set ${variable}`)
}
