/**
 * How SmartKet wants its MariaDB, the private one and one in production alike (docs/ quotes this list).
 * Sizes are those of a small machine; a server of its own gets larger ones.
 */
export const serverSettings: Readonly<Record<string, string>> = {
  // Without options a MariaDB speaks latin1.
  'character-set-server': 'utf8mb4',
  'collation-server': 'utf8mb4_unicode_520_ci',
  'default-time-zone': '+00:00',
  // Server-wide, because changeUser resets the session's own. REPEATABLE READ let a sale into a closed cash session.
  'transaction-isolation': 'READ-COMMITTED',
  // A charge that was answered is on the disk, and every change of the last days can be replayed.
  'log-bin': 'binlog',
  'binlog-format': 'ROW',
  'expire-logs-days': '8',
  'sync-binlog': '1',
  'innodb-flush-log-at-trx-commit': '1',
  // SUNAT's register is loaded again every day from its own file.
  'binlog-ignore-db': 'smartket_padron',
  // Only since 11.4: without it the logs would never be purged.
  'loose-slave-connections-needed-for-purge': '0',
  // Very many small tables.
  'innodb-buffer-pool-size': '256M',
  'innodb-log-file-size': '64M',
  'innodb-stats-auto-recalc': 'OFF',
  'innodb-open-files': '4000',
  'table-definition-cache': '8000',
  'table-open-cache': '4000',
  'open-files-limit': '65535',
  // Every session of ours is told these as well (session.ts); here they hold for a person's own client too.
  'lock-wait-timeout': '10',
  'innodb-lock-wait-timeout': '5',
  'performance-schema': 'OFF',
  'max-allowed-packet': '64M',
}

export function asOptions(settings: Readonly<Record<string, string>>): string[] {
  return Object.entries(settings).map(([name, value]) => `--${name}=${value}`)
}
