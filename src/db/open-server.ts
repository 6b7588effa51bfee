import type { Config } from '#src/config.ts'
import { type EmbeddedOptions, startEmbedded } from './embedded.ts'
import type { ServerAddress } from './server-address.ts'

export type OpenServer = { address: ServerAddress; isPrivate: boolean; stop(): Promise<void> }

/** The MariaDB of DATABASE_URL, or our own. Nothing after this can tell which. */
export async function openServer(
  config: Pick<Config, 'databaseUrl' | 'dataFolder'>,
  options: EmbeddedOptions = {},
): Promise<OpenServer> {
  if (config.databaseUrl !== null) {
    return { address: addressFrom(config.databaseUrl), isPrivate: false, stop: async () => {} }
  }
  const embedded = await startEmbedded(config.dataFolder, options)
  return { address: embedded.address, isPrivate: true, stop: embedded.stop }
}

/** `mysql://user:password@host:3306`, or `mysql://user@localhost?socket=/run/mysqld/mysqld.sock`. */
export function addressFrom(databaseUrl: string): ServerAddress {
  const url = new URL(databaseUrl)
  const account = { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) }
  const socketPath = url.searchParams.get('socket')
  if (socketPath) return { socketPath, ...account }
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || '3306'), ...account }
}
