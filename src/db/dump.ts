import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { neverCopied } from './copy-accounts.ts'
import { hashed, watched } from './dump-streams.ts'
import type { Position } from './fingerprint.ts'
import { program, quietly, withDefaultsFile } from './programs.ts'
import type { ServerAddress } from './server-address.ts'

export type DumpOrder = {
  /** As the account that reads for copies. */
  server: ServerAddress
  database: string
  /** Where to; there must be no such file. It is whole only when this answers ok. */
  file: string
  /** The first line, without its end. */
  header: string
  /** Whether the server keeps a binary log, whose position is then in the dump. */
  hasBinlog: boolean
  signal: AbortSignal
  /** A server that went silent in the middle: by default five minutes without a byte. */
  silentMs?: number
}

export type DumpAnswer =
  | { ok: true; bytes: number; sha256: string; position: Position | null }
  | { ok: false; problem: DumpProblem; detail: string }

export type DumpProblem =
  /** Dropped before or while it was read. */
  | 'no-database'
  | 'no-space'
  | 'server-gone'
  /** A migration changed a table under it: worth another attempt. */
  | 'definition-changed'
  /** The dump, or gzip, ended badly or said no «Dump completed». */
  | 'died'

/**
 * One database by mariadb-dump through gzip into one file, in one snapshot and without a lock. mariadb-dump and
 * gzip are processes of their own, last in every queue; nothing is held in memory. Whatever goes wrong, there is
 * no file afterwards. Throws only when `signal` aborts.
 */
export async function dump(order: DumpOrder): Promise<DumpAnswer> {
  try {
    const answer = await withDefaultsFile(order.server, (defaults) => run(order, defaults))
    order.signal.throwIfAborted()
    if (!answer.ok) await rm(order.file, { force: true })
    return answer
  } catch (error) {
    await rm(order.file, { force: true })
    throw error
  }
}

async function run(order: DumpOrder, defaults: string): Promise<DumpAnswer> {
  const children = start(order, defaults)
  const { dumper, gzip } = children
  let said = ''
  dumper.stderr.setEncoding('utf8').on('data', (words: string) => {
    said = (said + words).slice(0, 4_000)
  })
  const text = watched(order.header)
  const packed = hashed()
  const silence = killWhenSilent(dumper, order.silentMs ?? 300_000)
  dumper.stdout.on('data', silence.heard)
  const ends = [ended(dumper), ended(gzip)] as const
  const flows = [
    pipeline(dumper.stdout, text.stream, gzip.stdin),
    // flush: what the manifest promises is on the disk, not only on its way there.
    pipeline(
      gzip.stdout,
      packed.stream,
      createWriteStream(order.file, { flags: 'wx', mode: 0o600, flush: true }),
    ),
  ]
  // Whichever breaks first takes the others with it: a gzip without a reader would wait for ever.
  for (const flow of flows) flow.catch(children.kill)
  try {
    const settled = await Promise.allSettled(flows)
    const broken = settled.find((flow) => flow.status === 'rejected')?.reason as
      | NodeJS.ErrnoException
      | undefined
    const [dumped, zipped] = await Promise.all(ends)
    if (isNoSpace(settled)) return { ok: false, problem: 'no-space', detail: 'the disk is full' }
    if (dumped !== 0) return failure(said, dumped)
    if (broken || zipped !== 0) {
      return { ok: false, problem: 'died', detail: `gzip or the file: ${broken?.code ?? zipped}` }
    }
    if (!text.isComplete()) return { ok: false, problem: 'died', detail: 'the dump ended before its end' }
    const { size: bytes } = await stat(order.file)
    if (bytes !== packed.bytes())
      return { ok: false, problem: 'died', detail: 'the file is not what was written' }
    return { ok: true, bytes, sha256: packed.sha256(), position: text.position() }
  } finally {
    silence.stop()
    children.release()
  }
}

/** Both are killed when the work is called off and when this process ends; with kill -9 their pipes end them. */
function start({ database, hasBinlog, signal }: DumpOrder, defaults: string) {
  const dumping = quietly(program('mariadb-dump'), [
    `--defaults-file=${defaults}`,
    '--single-transaction',
    '--quick',
    '--skip-lock-tables',
    ...(hasBinlog ? ['--master-data=2', '--gtid'] : []),
    '--routines',
    '--triggers',
    '--events',
    '--hex-blob',
    '--default-character-set=utf8mb4',
    '--max-allowed-packet=64M',
    `--ignore-table-data=${database}.${neverCopied}`,
    database,
  ])
  const zipping = quietly(program('gzip'), ['-c'])
  const dumper = spawn(dumping.command, dumping.args, { stdio: ['ignore', 'pipe', 'pipe'], env: {} })
  const gzip = spawn(zipping.command, zipping.args, { stdio: ['pipe', 'pipe', 'ignore'], env: {} })
  const kill = () => {
    dumper.kill('SIGKILL')
    gzip.kill('SIGKILL')
  }
  process.once('exit', kill)
  signal.addEventListener('abort', kill, { once: true })
  if (signal.aborted) kill()
  return {
    dumper,
    gzip,
    kill,
    release() {
      kill()
      process.off('exit', kill)
      signal.removeEventListener('abort', kill)
    },
  }
}

/** Its exit code; -1 when it was killed or never began. */
async function ended(child: ChildProcess): Promise<number> {
  try {
    const [code] = (await once(child, 'close')) as [number | null]
    return code ?? -1
  } catch {
    return -1
  }
}

function killWhenSilent(child: ChildProcess, silentMs: number) {
  let timer = setTimeout(() => child.kill('SIGKILL'), silentMs)
  return {
    heard() {
      clearTimeout(timer)
      timer = setTimeout(() => child.kill('SIGKILL'), silentMs)
    },
    stop: () => clearTimeout(timer),
  }
}

const isNoSpace = (flows: readonly PromiseSettledResult<void>[]) =>
  flows.some((flow) => flow.status === 'rejected' && /^(ENOSPC|EDQUOT)$/.test(flow.reason?.code ?? ''))

/** What mariadb-dump says names tables and may quote data: its number is enough. */
function failure(said: string, code: number): DumpAnswer {
  const number = Number(/(?:error:|Error|errno:?) (\d{4})\b/i.exec(said)?.[1] ?? 0)
  const problem: DumpProblem =
    number === 1049
      ? 'no-database'
      : [1412, 1146, 1051, 1205].includes(number)
        ? 'definition-changed'
        : [1053, 1927, 2002, 2003, 2006, 2013].includes(number)
          ? 'server-gone'
          : 'died'
  return {
    ok: false,
    problem,
    detail: number ? `MariaDB answered ${number}` : `mariadb-dump ended with ${code}`,
  }
}
