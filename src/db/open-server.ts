import type { Config } from '#src/config.ts'
import { firstServer } from './accounts.ts'
import { type EmbeddedOptions, startEmbedded } from './embedded.ts'
import type { ServerAddress } from './server-address.ts'

export type OpenServer = {
  address: ServerAddress
  /** This one as number 1, and those of DATABASE_URL_2 and so on. */
  servers: ReadonlyMap<number, ServerAddress>
  isPrivate: boolean
  stop(): Promise<void>
}

/** The MariaDB of DATABASE_URL, or our own. Nothing after this can tell which. */
export async function openServer(
  config: Pick<Config, 'databaseUrl' | 'databaseUrls' | 'dataFolder'>,
  options: EmbeddedOptions = {},
): Promise<OpenServer> {
  if (config.databaseUrl !== null) {
    const address = addressFrom(config.databaseUrl)
    return { address, servers: withOthers(address, config), isPrivate: false, stop: async () => {} }
  }
  const embedded = await startEmbedded(config.dataFolder, options)
  const { address, stop } = embedded
  return { address, servers: withOthers(address, config), isPrivate: true, stop }
}

const withOthers = (first: ServerAddress, { databaseUrls }: Pick<Config, 'databaseUrls'>) =>
  new Map<number, ServerAddress>([
    [firstServer, first],
    ...[...databaseUrls].map(([id, url]) => [id, addressFrom(url)] as const),
  ])

/** `mysql://user:password@host:3306`, or `mysql://user@localhost?socket=/run/mysqld/mysqld.sock`. */
export function addressFrom(databaseUrl: string): ServerAddress {
  const url = new URL(databaseUrl)
  const account = { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) }
  const socketPath = url.searchParams.get('socket')
  if (socketPath) return { socketPath, ...account }
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || '3306'), ...account }
}
