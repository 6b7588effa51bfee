import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import mysql from 'mysql2/promise'
import { readManifest } from '#src/backups/folder.ts'
import { type CopyEntry, isCopy } from '#src/backups/manifest.ts'
import type { NightContext } from '#src/backups/night/actions.ts'
import type { Databases } from '#src/db/databases.ts'
import { fingerprint } from '#src/db/fingerprint.ts'
import { program } from '#src/db/programs.ts'

const plenty = { freeBytes: 1e12, totalBytes: 1e12 }

/** A data folder of one test's own, and what a night needs; it never waits for a server that does not answer. */
export function testNight(databases: Databases, at = new Date('2026-11-23T08:00:00Z')) {
  const dataFolder = mkdtempSync(join(tmpdir(), 'sk-n-'))
  let now = at
  const lines: string[] = []
  const context: NightContext = {
    databases,
    config: { dataFolder },
    clock: () => now,
    signal: new AbortController().signal,
    space: async () => plenty,
    pausesMs: [],
    say: (line) => lines.push(line),
  }
  const folder = join(dataFolder, 'backups')
  return {
    context,
    folder,
    lines,
    /** Three o'clock in Lima of the day after. */
    nextNight() {
      now = new Date(now.getTime() + 86_400_000)
    },
    /** What the manifest says of one business. */
    entry(night: string, tenantId: number): CopyEntry {
      const found = readManifest(folder, night)?.entries.find((one) => one.tenantId === tenantId)
      if (!found || !isCopy(found)) throw new Error(`no copy of ${tenantId} in ${night}`)
      return found
    },
    path: (night: string, tenantId: number) => join(folder, night, `backup-${tenantId}.sql.gz`),
    files: (night: string) => readdirSync(join(folder, night)).toSorted(),
    remove: () => rmSync(dataFolder, { recursive: true, force: true }),
  }
}

type Address = { socketPath: string; user: string }

/** What a person does who has the file and nothing of ours: zcat into mariadb. */
export async function restoredByHand(file: string, server: Address & { password: string }, database: string) {
  const client = [
    program('mariadb'),
    '--no-defaults',
    `--socket=${server.socketPath}`,
    `--user=${server.user}`,
  ]
  execFileSync(client[0] ?? '', [...client.slice(1), '-e', `create database \`${database}\``])
  const quoted = client.map((word) => `'${word}'`).join(' ')
  execFileSync('bash', ['-o', 'pipefail', '-c', `zcat '${file}' | ${quoted} '${database}'`])
  return fingerprint(server, database)
}

/** Holds a table so that whatever reads it waits: a dump stands still exactly there. */
export async function holdTable(server: Address & { password: string }, database: string, table: string) {
  const connection = await mysql.createConnection(server)
  connection.on('error', () => {})
  await connection.query(`lock tables \`${database}\`.\`${table}\` write`)
  return { release: () => connection.destroy() }
}

/** The mariadb-dump of this database, whoever started it, once there is one. */
export async function runningDump(database: string): Promise<number> {
  for (let look = 0; look < 400; look++) {
    for (const name of readdirSync('/proc')) {
      if (!/^\d+$/.test(name)) continue
      const words = commandLine(name)
      if (words[0]?.endsWith('/mariadb-dump') && words.includes(database)) return Number(name)
    }
    await pause(25)
  }
  throw new Error('no dump is running')
}

function commandLine(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  } catch {
    return [] // It ended while we looked.
  }
}
