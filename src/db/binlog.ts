import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Writable } from 'node:stream'
import { type LogSeen, logFilter } from './binlog-text.ts'
import type { Position } from './fingerprint.ts'
import { program, withDefaultsFile } from './programs.ts'
import type { Provisioner } from './provisioner.ts'
import type { ServerAddress } from './server-address.ts'

/** Where the binary log is read: from a living server, or from files that came back from the store, in order. */
export type Logs = { kind: 'server'; server: ServerAddress } | { kind: 'files'; paths: readonly string[] }

export type ReplayPlan = {
  /** Its name in the log, and in the scratch server too: renaming drops row events without a word. */
  database: string
  /** The first log file (by its bare name) and the offset in it from which the copy lacks everything. */
  from: { file: string; offset: number }
  /** Everything before this second is replayed. null: as far as the log reaches. */
  until: Date | null
  /** No copy lies under it. */
  isFromFirstDay?: boolean
}

/** What a person can mend or must know: shown as its sentence. */
export class ReplayFailed extends Error {
  override readonly name = 'ReplayFailed'
}

/** The names of a living server's binary logs, oldest first; none where it keeps no log. */
export async function logNames(root: Provisioner): Promise<string[]> {
  const [setting] = (await root.query('select @@log_bin as kept')) as { kept: number }[]
  if (!setting?.kept) return []
  const rows = (await root.query('show binary logs')) as { Log_name: string }[]
  return rows.map((row) => row.Log_name)
}

/**
 * Pours one business's part of the binary log into a scratch server, never into a living one: without the
 * filter (and with a wrong one) its statements meet everybody. Instants are UTC in the columns and for the
 * program (TZ), which reads `--stop-datetime` in its own zone.
 */
export async function replay(
  logs: Logs,
  plan: ReplayPlan,
  scratch: ServerAddress,
  signal?: AbortSignal,
): Promise<LogSeen> {
  const reading = logs.kind === 'server' ? logs.server : scratch
  return withDefaultsFile(reading, (readable) =>
    withDefaultsFile(scratch, async (writable) => {
      const reader = spawn(program('mariadb-binlog'), readerOptions(logs, plan, readable), {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { TZ: 'UTC' },
      })
      const writer = spawn(program('mariadb'), writerOptions(writable), {
        stdio: ['pipe', 'ignore', 'pipe'],
        env: {},
      })
      return tied([reader, writer], signal, () => pour(reader, writer, plan, signal))
    }),
  )
}

/**
 * Whether this server wrote the log of that position: one that was built anew counts its files from 1 again, and
 * what stands at that place in one of them is something else.
 */
export async function hasPosition(
  root: Provisioner,
  names: readonly string[],
  { file, offset, gtid }: Position,
): Promise<boolean> {
  if (!names.includes(file)) return false
  try {
    const [row] = (await root.query('select binlog_gtid_pos(?, ?) as gtid', [file, offset])) as {
      gtid: string | null
    }[]
    return (row?.gtid ?? '') === gtid
  } catch {
    return false // no event begins there
  }
}

/** Which databases have anything in these files at all: the others need not be replayed. */
export async function databasesIn(paths: readonly string[], signal?: AbortSignal): Promise<Set<string>> {
  const found = new Set<string>()
  if (paths.length === 0) return found
  const reader = spawn(program('mariadb-binlog'), ['--no-defaults', ...paths], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { TZ: 'UTC' },
  })
  return tied([reader], signal, async () => {
    const said = sayings(reader)
    const closed = once(reader, 'close')
    const lines = createInterface({ input: reader.stdout.setEncoding('latin1'), crlfDelay: 0 })
    for await (const line of lines) {
      const name = /^#.*\tTable_map: `([^`]+)`|^use `([^`]+)`|^create database .*?`(\w+)`/i.exec(line)
      if (name) found.add(name[1] ?? name[2] ?? name[3] ?? '')
    }
    const [code] = (await closed) as [number | null]
    if (code !== 0) throw new ReplayFailed(`the binary log cannot be read: ${said().trim().slice(0, 300)}`)
    return found
  })
}

/** `--database` here is right: migrations never qualify a name (a test of theirs says so). */
function readerOptions(logs: Logs, { database, from, until }: ReplayPlan, defaults: string): string[] {
  const files =
    logs.kind === 'server'
      ? ['--read-from-remote-server', '--to-last-log', from.file]
      : logs.paths.slice(
          Math.max(
            0,
            logs.paths.findIndex((path) => path.endsWith(from.file)),
          ),
        )
  return [
    `--defaults-file=${defaults}`,
    '--skip-annotate-row-events',
    `--database=${database}`,
    `--start-position=${from.offset}`,
    ...(until ? [`--stop-datetime=${until.toISOString().slice(0, 19).replace('T', ' ')}`] : []),
    ...files,
  ]
}

const writerOptions = (defaults: string) => [
  `--defaults-file=${defaults}`,
  '--batch',
  '--sandbox',
  '--binary-mode',
  '--local-infile=0',
  '--default-character-set=utf8mb4',
  '--max-allowed-packet=1G',
]

async function pour(
  reader: ChildProcess,
  writer: ChildProcess,
  { database, from, isFromFirstDay }: ReplayPlan,
  signal: AbortSignal | undefined,
): Promise<LogSeen> {
  const filter = logFilter(database, from, isFromFirstDay)
  const closed = Promise.all([once(reader, 'close'), once(writer, 'close')])
  const writerClosed = once(writer, 'close')
  const [readerSaid, writerSaid] = [sayings(reader), sayings(writer)]
  if (!reader.stdout || !writer.stdin) throw new Error('started without pipes')
  let isBroken = false
  writer.stdin.on('error', () => {
    isBroken = true // what the client said tells why
  })
  // Bytes, not characters: a name in a schema change must arrive as it was.
  const lines = createInterface({ input: reader.stdout.setEncoding('latin1'), crlfDelay: 0 })
  for await (const line of lines) {
    const text = filter.take(line).join('\n')
    if (text !== '' && !writer.stdin.write(`${text}\n`, 'latin1') && !isBroken)
      await Promise.race([drained(writer.stdin), writerClosed])
    if (isBroken) break
  }
  if (isBroken) reader.kill('SIGKILL')
  writer.stdin.end()
  const [[readerCode], [writerCode]] = await closed
  signal?.throwIfAborted()
  if (writerCode !== 0) throw new ReplayFailed(`the binary log was refused: ${numberOf(writerSaid())}`)
  const { wasDropped, wasMadeAgain, lastAt } = filter.seen
  if (!isBroken && !wasDropped && readerCode !== 0)
    throw new ReplayFailed(`the binary log cannot be read: ${readerSaid().trim().slice(0, 300)}`)
  if (wasMadeAgain) {
    throw new ReplayFailed(
      `${database} was dropped at ${lastAt?.toISOString()} (UTC), and made again later: only a time before that can be had, with --at`,
    )
  }
  return filter.seen
}

/** `once` would leave a listener behind for each full pipe. */
const drained = (stream: Writable) => new Promise<void>((resolve) => void stream.once('drain', resolve))

/** Killed when we end or are asked to stop. */
async function tied<T>(
  children: ChildProcess[],
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  const kill = () => {
    for (const child of children) child.kill('SIGKILL')
  }
  process.once('exit', kill)
  signal?.addEventListener('abort', kill, { once: true })
  try {
    return await work()
  } finally {
    kill()
    process.off('exit', kill)
    signal?.removeEventListener('abort', kill)
  }
}

function sayings(child: ChildProcess): () => string {
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(0, 4000)
  })
  return () => said
}

/** «ERROR 1064 (42000) at line 12: … near 'rosa@…'» carries the business's data: the number remains. */
const numberOf = (said: string) =>
  /ERROR \d+(?: \(\w+\))?(?: at line \d+)?/.exec(said)?.[0] ?? 'the client ended'
