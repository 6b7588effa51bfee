import type { Config } from '#src/config.ts'
import type { Databases } from '#src/db/databases.ts'
import { bad, type Finding, good, looked } from '#src/doctor/finding.ts'
import { listServers, serverState } from '#src/servers/queries.ts'
import { isOldMariaDb } from '#src/servers/servers.ts'

/** What each setting protects stands beside it in src/db/embedded-settings.ts. */
const wanted: Record<string, string> = {
  tx_isolation: 'READ-COMMITTED',
  log_bin: '1',
  binlog_format: 'ROW',
  sync_binlog: '1',
  innodb_flush_log_at_trx_commit: '1',
  time_zone: '+00:00',
}
/** Days of the binary log: so far back goes `restore --at` after the night's copy. */
const logDays = 8
/** So far apart may two clocks be: whatever drops or deletes stops beyond it. */
const clockMs = 5 * 60_000

/** Every database server: whether it answers, what it is, how it is set, and what its clock says. */
export async function servers(config: Config, databases: Databases): Promise<Finding[]> {
  // Before the first migration there is no table of servers, but an address there is.
  const rows = await listServers(databases.admin).catch(() => [])
  const ids = [...new Set([...databases.servers.keys(), ...rows.map(({ id }) => id)])].toSorted(
    (a, b) => a - b,
  )
  const findings = await Promise.all(ids.map((id) => one(config, databases, id)))
  return findings.flat()
}

async function one(config: Config, databases: Databases, id: number): Promise<Finding[]> {
  const name = id === 1 ? 'MariaDB' : `MariaDB ${id}`
  const variable = id === 1 ? 'DATABASE_URL' : `DATABASE_URL_${id}`
  const state = await serverState(databases, id)
  if (state.kind === 'no-address')
    return [bad(name, 'its address is not known here', `Set ${variable}, as in the other processes.`)]
  if (state.kind === 'silent')
    return [
      bad(
        name,
        `does not answer (${state.problem})`,
        `Start it, or mend ${variable}: its businesses are closed.`,
      ),
    ]
  const where = id === 1 && !config.databaseUrl ? 'private' : `of ${variable}`
  const version = isOldMariaDb(state.version)
    ? bad(name, state.version, 'SmartKet needs MariaDB 10.11 or newer.')
    : good(name, `${state.version}, ${where}`)
  const suffix = id === 1 ? '' : ` ${id}`
  return [
    version,
    ...(await looked(`settings${suffix}`, () => settings(databases, id, state.version, `settings${suffix}`))),
    ...(await looked(`clock of the database${suffix}`, () => clock(databases, id, suffix))),
  ]
}

async function settings(databases: Databases, id: number, version: string, name: string): Promise<Finding> {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  // Since 11.4 the logs of a server without replicas are never purged otherwise.
  const isNew = major > 11 || (major === 11 && minor >= 4)
  const all = isNew ? { ...wanted, slave_connections_needed_for_purge: '0' } : wanted
  const columns = [...Object.keys(all), 'expire_logs_days'].map((one) => `@@global.${one} as ${one}`)
  const rows = await databases.provision((root) => root.query(`select ${columns.join(', ')}`), id)
  const [values = {}] = rows as Record<string, string | number>[]
  const wrong = Object.entries(all).flatMap(([key, value]) =>
    String(values[key]) === value ? [] : [`${key} is ${values[key]} and should be ${value}`],
  )
  const days = Number(values.expire_logs_days)
  // 0 keeps them for ever: the disk would tell.
  if (days !== 0 && days < logDays) wrong.push(`expire_logs_days is ${days} and should be ${logDays}`)
  return wrong.length === 0
    ? good(name, 'as they should be')
    : bad(name, wrong.join('; '), "Set them in the server's my.cnf under [mariadbd] and restart it.")
}

async function clock(databases: Databases, id: number, suffix: string): Promise<Finding> {
  const name = `clock of the database${suffix}`
  const before = Date.now()
  const rows = await databases.provision(
    (root) => root.query('select round(unix_timestamp(now(3)) * 1000) as at'),
    id,
  )
  const [row] = rows as { at: string | number }[]
  return clockFinding(name, Number(row?.at) - (before + Date.now()) / 2)
}

export function clockFinding(name: string, apartMs: number): Finding {
  const found = `${(Math.abs(apartMs) / 1000).toFixed(1)} s ${apartMs < 0 ? 'behind' : 'ahead of'} this machine's`
  return Math.abs(apartMs) <= clockMs
    ? good(name, found)
    : bad(name, found, 'Let NTP set both (timedatectl). Until then nothing is dropped or deleted by itself.')
}
