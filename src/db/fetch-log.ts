import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { program, quietly, withDefaultsFile } from './programs.ts'
import type { Provisioner } from './provisioner.ts'
import type { ServerAddress } from './server-address.ts'

export type ClosedLog = { file: string; bytes: number }

/**
 * The binary logs in which nothing is written any more, oldest first; none where the server keeps no log. The one
 * that is being written is ended first, unless it is empty.
 */
export async function closedLogs(root: Provisioner): Promise<ClosedLog[]> {
  const [setting] = (await root.query('select @@log_bin as kept')) as { kept: number }[]
  if (!setting?.kept) return []
  const logs = await listLogs(root)
  if ((logs.at(-1)?.bytes ?? 0) <= emptyBytes) return logs.slice(0, -1)
  await root.query('flush binary logs')
  return (await listLogs(root)).slice(0, -1)
}

/** A log in which nothing happened has some 400. */
const emptyBytes = 512

async function listLogs(root: Provisioner): Promise<ClosedLog[]> {
  const rows = (await root.query('show binary logs')) as { Log_name: string; File_size: number }[]
  return rows.map((row) => ({ file: row.Log_name, bytes: Number(row.File_size) }))
}

/**
 * One closed log, byte for byte as it lies on the server, which may be another machine; its path in `folder`.
 * `server` is the account that reads logs. Throws when it is not all there.
 */
export async function fetchLog(
  server: ServerAddress,
  { file, bytes }: ClosedLog,
  folder: string,
  signal?: AbortSignal,
): Promise<string> {
  const path = join(folder, file)
  const { code, said } = await withDefaultsFile(server, async (defaults) => {
    const { command, args } = quietly(program('mariadb-binlog'), [
      `--defaults-file=${defaults}`,
      '--read-from-remote-server',
      '--raw',
      `--result-file=${folder}/`,
      file,
    ])
    const reader = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { TZ: 'UTC' } })
    const kill = () => reader.kill('SIGKILL')
    process.once('exit', kill)
    signal?.addEventListener('abort', kill, { once: true })
    let said = ''
    reader.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(0, 2_000)
    })
    try {
      const [code] = (await once(reader, 'close')) as [number | null]
      return { code, said }
    } finally {
      process.off('exit', kill)
      signal?.removeEventListener('abort', kill)
    }
  })
  signal?.throwIfAborted()
  if (code !== 0) throw new Error(`${file} cannot be read: ${said.trim().split('\n').at(-1)}`)
  const { size } = await stat(path)
  if (size !== bytes) throw new Error(`${file} has ${bytes} bytes on the server, and ${size} came`)
  return path
}
