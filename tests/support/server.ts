import { execFileSync, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import mysql from 'mysql2/promise'
import { program } from '#src/db/programs.ts'

export type TestServer = {
  address: { socketPath: string; user: string; password: string }
  stop(): Promise<void>
}

export type ServerOptions = {
  /** As in production: what copies and `--at` need. It costs every write a second one. */
  binlog?: boolean
}

/** A MariaDB of one's own: as in production, but nothing has to survive, so nothing waits for the disk. */
export async function startTestServer(options: ServerOptions = {}): Promise<TestServer> {
  // A socket's path may have 107 characters at most: the folder is a short one.
  const folder = mkdtempSync(join(tmpdir(), 'sk-'))
  const data = join(folder, 'data')
  const socketPath = join(folder, 's')
  install(data)
  const server = spawn(program('mariadbd'), ['--no-defaults', ...settings(data, socketPath, options)], {
    stdio: ['ignore', 'ignore', 'ignore'],
  })
  const gone = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  const killWithUs = () => server.kill('SIGKILL')
  process.once('exit', killWithUs)
  const address = { socketPath, user: 'root', password: '' }
  await answers(address, () => server.exitCode !== null)
  return {
    address,
    async stop() {
      process.off('exit', killWithUs)
      server.kill('SIGKILL')
      await gone
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Installing takes half a second; a copy of an installed folder a tenth of that. */
function install(data: string): void {
  const version = execFileSync(program('mariadbd'), ['--version'], { encoding: 'utf8' }).replace(
    /[^\w.-]+/g,
    '_',
  )
  const template = join(tmpdir(), `sk-template-${process.getuid?.() ?? 0}-${version.slice(0, 60)}`)
  if (!existsSync(template)) {
    const draft = mkdtempSync(join(tmpdir(), 'sk-install-'))
    execFileSync(program('mariadb-install-db'), [
      '--no-defaults',
      `--datadir=${draft}/data`,
      `--tmpdir=${draft}`,
      '--skip-test-db',
      '--auth-root-authentication-method=normal',
      '--innodb-log-file-size=8M',
    ])
    try {
      renameSync(join(draft, 'data'), template)
    } catch (error) {
      if (!existsSync(template)) throw error // another run was faster
    }
    rmSync(draft, { recursive: true, force: true })
  }
  cpSync(template, data, { recursive: true })
}

function settings(data: string, socketPath: string, { binlog = false }: ServerOptions): string[] {
  return [
    `--datadir=${data}`,
    `--socket=${socketPath}`,
    `--pid-file=${data}/pid`,
    // A MariaDB that starts sweeps its temporary folder: in a shared one, another's tables too.
    `--tmpdir=${join(data, '..')}`,
    ...(process.getuid?.() === 0 ? ['--user=root'] : []),
    '--skip-networking',
    '--skip-name-resolve',
    '--character-set-server=utf8mb4',
    '--collation-server=utf8mb4_unicode_520_ci',
    '--default-time-zone=+00:00',
    '--transaction-isolation=READ-COMMITTED',
    ...(binlog
      ? ['--log-bin=binlog', '--binlog-format=ROW', '--server-id=1', '--binlog-ignore-db=smartket_padron']
      : ['--skip-log-bin']),
    '--sync-binlog=0',
    '--innodb-flush-log-at-trx-commit=0',
    '--innodb-flush-method=nosync',
    '--sync-frm=OFF',
    '--innodb-doublewrite=OFF',
    '--innodb-log-file-size=8M',
    '--innodb-buffer-pool-size=64M',
    '--innodb-stats-auto-recalc=OFF',
    '--table-open-cache=1000',
    '--table-definition-cache=2000',
    '--lock-wait-timeout=10',
    '--performance-schema=OFF',
    '--max-connections=300',
  ]
}

async function answers(
  address: { socketPath: string; user: string; password: string },
  hasDied: () => boolean,
) {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (hasDied()) throw new Error('the test database did not start')
    try {
      const connection = await mysql.createConnection(address)
      await connection.end()
      return
    } catch {
      await pause(50)
    }
  }
  throw new Error('the test database does not answer')
}
