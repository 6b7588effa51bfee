/** Where everything lies on a server. `upgrade` and the units name the same places. */
export const place = {
  releases: '/opt/smartket/releases',
  current: '/opt/smartket/current',
  command: '/usr/local/bin/smartket',
  environment: '/etc/smartket/smartket.env',
  data: '/var/lib/smartket',
  caddy: '/etc/smartket/Caddyfile',
  caddyMain: '/etc/caddy/Caddyfile',
  mariadb: '/etc/mysql/mariadb.conf.d/90-smartket.cnf',
  socketUnit: '/etc/systemd/system/smartket.socket',
  serviceUnit: '/etc/systemd/system/smartket.service',
  mariadbUnit: '/etc/systemd/system/mariadb.service.d/smartket.conf',
  journal: '/etc/systemd/journald.conf.d/smartket.conf',
  caddyLogs: '/etc/logrotate.d/smartket',
  databaseSocket: '/run/mysqld/mysqld.sock',
} as const

export const systemUser = 'smartket'
export const databaseUser = 'smartket_root'

/** `0.3.0-1a2b3c4`: two builds of one version stand side by side. */
export const releaseName = (version: string, commit: string) =>
  `${version}-${commit.replace(/[^\w.+-]/g, '_')}`
