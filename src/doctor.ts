import { statfs } from 'node:fs/promises'
import { sql } from 'drizzle-orm'
import type { Config } from '#src/config.ts'
import type { Databases } from '#src/db/databases.ts'
import { migrationFiles } from '#src/db/migrations.ts'
import type { Answer } from '#src/process.ts'

export type Finding = { name: string; ok: boolean; found: string; mend?: string }

/** What is wrong with this installation, and how to mend it. */
export async function examine(config: Config, databases: Databases): Promise<Answer> {
  const findings = [
    ...(await databaseServer(config, databases)),
    await migrations(databases),
    await disk(config),
    {
      name: 'mail',
      ok: true,
      found: config.smtpUrl
        ? 'sent by SMTP'
        : `written to files under ${config.dataFolder} (SMARTKET_SMTP_URL is not set)`,
    },
  ]
  const text = findings.map(
    ({ name, ok, found, mend }) => `${ok ? 'ok  ' : 'BAD '} ${name}: ${found}${mend ? `\n     ${mend}` : ''}`,
  )
  return { data: findings, text: text.join('\n'), failed: findings.some((finding) => !finding.ok) }
}

/** What each setting protects stands beside it in src/db/embedded-settings.ts. */
const wanted: Record<string, string> = {
  tx_isolation: 'READ-COMMITTED',
  log_bin: '1',
  binlog_format: 'ROW',
  sync_binlog: '1',
  innodb_flush_log_at_trx_commit: '1',
  time_zone: '+00:00',
}

async function databaseServer(config: Config, databases: Databases): Promise<Finding[]> {
  const names = Object.keys(wanted)
  const columns = ['version', ...names].map((name) => `@@global.${name} as ${name}`)
  // `version` exists as a global variable too.
  const rows = await databases.provision((root) => root.query(`select ${columns.join(', ')}`))
  const [values] = rows as [Record<string, string | number>]
  const [major = 0, minor = 0] = String(values.version).split('.').map(Number)
  const wrong = names.filter((name) => String(values[name]) !== wanted[name])
  const settings = wrong.map((name) => `${name} is ${values[name]} and should be ${wanted[name]}`)
  return [
    {
      name: 'MariaDB',
      ok: major > 10 || (major === 10 && minor >= 11),
      found: `${values.version}, ${config.databaseUrl ? 'of DATABASE_URL' : 'private'}`,
      ...(major > 10 || minor >= 11 ? {} : { mend: 'SmartKet needs MariaDB 10.11 or newer.' }),
    },
    {
      name: 'settings',
      ok: wrong.length === 0,
      found: wrong.length === 0 ? 'as they should be' : settings.join('; '),
      ...(wrong.length === 0
        ? {}
        : { mend: "Set them in the server's my.cnf under [mariadbd] and restart it." }),
    },
  ]
}

async function migrations(databases: Databases): Promise<Finding> {
  const latest = migrationFiles('tenant').at(-1)?.version ?? 0
  const mend = 'Run: smartket migrate'
  try {
    const answer = await databases.admin.execute(
      sql`select count(*) as behind from tenants where status in ('RESERVA', 'ACTIVO') and schema_version < ${latest}`,
    )
    const [[row]] = answer as unknown as [[{ behind: number }]]
    const behind = Number(row.behind)
    return {
      name: 'migrations',
      ok: behind === 0,
      found: behind === 0 ? 'all done' : `${behind} databases are behind`,
      ...(behind === 0 ? {} : { mend }),
    }
  } catch {
    return { name: 'migrations', ok: false, found: 'the admin database has no tables yet', mend }
  }
}

async function disk(config: Config): Promise<Finding> {
  const { bavail, blocks, bsize } = await statfs(config.dataFolder)
  const free = bavail * bsize
  const percent = Math.round((bavail / blocks) * 100)
  const ok = free > 3e9 && percent >= 5
  return {
    name: 'disk',
    ok,
    found: `${(free / 1e9).toFixed(1)} GB free (${percent} %)`,
    ...(ok ? {} : { mend: 'With a full disk every charge hangs: make room now.' }),
  }
}
