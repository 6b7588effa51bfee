import { join } from 'node:path'
import { asOptions, serverSettings } from './embedded-settings.ts'
import type { ScratchPlace } from './scratch-place.ts'

/** As the living server, but smaller, without a binary log and without waiting for the disk. */
export const scratchSettings: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(serverSettings).filter(([name]) => !/log-bin|binlog|expire-logs/.test(name)),
  ),
  'skip-log-bin': '1',
  'innodb-flush-log-at-trx-commit': '0',
  'innodb-doublewrite': '0',
  'sync-frm': 'OFF',
  'innodb-buffer-pool-size': '128M',
  'innodb-log-file-size': '48M',
  'innodb-open-files': '1000',
  'table-definition-cache': '2000',
  'table-open-cache': '1000',
  'open-files-limit': '8192',
  'max-connections': '30',
  'max-allowed-packet': '1G',
  // A tampered copy must not reach a file of this machine.
  'local-infile': 'OFF',
  'symbolic-links': '0',
}

export const scratchOptions = ({ data, temporary, socketPath }: ScratchPlace) => [
  `--datadir=${data}`,
  `--tmpdir=${temporary}`,
  `--socket=${socketPath}`,
  `--pid-file=${join(data, 'pid')}`,
  `--secure-file-priv=${temporary}`,
  '--skip-networking',
  '--skip-name-resolve',
  ...asOptions(scratchSettings),
  ...runAsRoot(),
]

export const runAsRoot = () => (process.getuid?.() === 0 ? ['--user=root'] : [])
