import { serverSettings } from '#src/db/embedded-settings.ts'

const GB = 1024 ** 3

/**
 * MariaDB's own settings for a machine that SmartKet shares with it: the list of the private server, with sizes for
 * hundreds of small databases. Measured with 1,000 databases of 20 tables: 1.2 GB at 4 GB of memory.
 */
export function mariadbSettings(memoryBytes: number): Record<string, string> {
  return { ...serverSettings, ...sizes(memoryBytes), 'skip-name-resolve': 'ON', 'server-id': '1' }
}

function sizes(memoryBytes: number): Record<string, string> {
  // A machine sold as 4 GB shows a little less.
  if (memoryBytes >= 7 * GB) return sized('3G', '512M', 20_000, 8_000)
  if (memoryBytes >= 3.5 * GB) return sized('1G', '512M', 8_000, 4_000)
  if (memoryBytes >= 1.7 * GB) return sized('384M', '128M', 4_000, 2_000)
  return sized('192M', '64M', 2_000, 1_000)
}

const sized = (pool: string, log: string, definitions: number, open: number) => ({
  'innodb-buffer-pool-size': pool,
  'innodb-log-file-size': log,
  'table-definition-cache': String(definitions),
  'table-open-cache': String(open),
  'innodb-open-files': String(open),
})

/** Less than this and the nightly copy's scratch server has no room beside the living one. */
export const leastMemoryBytes = 0.9 * GB
