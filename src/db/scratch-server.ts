import { execFile, spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import mysql from 'mysql2/promise'
import { EmbeddedProblem } from './embedded-place.ts'
import { greets, until } from './embedded-process.ts'
import { connectionDefaults } from './pool-slot.ts'
import { program, quietly } from './programs.ts'
import { type ScratchPlace, scratchPlace } from './scratch-place.ts'
import { runAsRoot, scratchOptions, scratchSettings } from './scratch-settings.ts'

/** What a person can mend: shown as its sentence, without a stack. */
export class ScratchProblem extends EmbeddedProblem {
  override readonly name = 'ScratchProblem'
}

export type ScratchServer = {
  /** root of an empty server that knows nothing of any business; nobody else reaches its socket. */
  address: { socketPath: string; user: string; password: string }
  /** Gives the disk back as soon as a database has been looked at. */
  drop(database: string): Promise<void>
  stop(): Promise<void>
}

export type ScratchOptions = {
  /** In bytes; told by tests, otherwise what the machine has. */
  freeMemory?: () => number
  /** Beside tills that sell: last in the queue for the processor and the disk. */
  isQuiet?: boolean
  signal?: AbortSignal
}

/** What it takes (236 MB with a tenant of 300 MB in it), and as much again for everything that sells meanwhile. */
const neededBytes = 480 * 1024 ** 2
const startSeconds = 60

/**
 * A MariaDB to restore copies into: on the living one each restore would fill the binary log. Nothing in it
 * has to survive, so nothing waits for the disk. It lies in a folder of its own under `folder` (the disk must
 * have room for the largest database), is killed when we end, and what a kill -9 left is swept by the next.
 */
export async function startScratchServer(
  folder: string,
  options: ScratchOptions = {},
): Promise<ScratchServer> {
  const free = (options.freeMemory ?? (() => process.availableMemory()))()
  if (free < neededBytes) {
    throw new ScratchProblem(
      `a scratch database needs ${megabytes(neededBytes)} of free memory, and there are ${megabytes(free)}`,
    )
  }
  options.signal?.throwIfAborted()
  const place = scratchPlace(folder)
  try {
    await install(place)
    options.signal?.throwIfAborted()
    return await start(place, options)
  } catch (error) {
    place.remove()
    throw error
  }
}

async function start(
  place: ScratchPlace,
  { isQuiet = false, signal }: ScratchOptions,
): Promise<ScratchServer> {
  const log = openSync(place.log, 'a', 0o600)
  const [path = '', ...args] = [
    ...dyingWithUs(),
    program('mariadbd'),
    '--no-defaults',
    ...scratchOptions(place),
  ]
  const run = isQuiet ? quietly(path, args) : { command: path, args }
  const server = spawn(run.command, run.args, {
    cwd: place.home,
    // Its own process group: Ctrl-C in the terminal is for us, who then stop it in the right order.
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  let ended: string | null = null
  const gone = new Promise<void>((resolve) => {
    const end = (how: string) => {
      ended ??= how
      resolve()
    }
    server.once('error', (error) => end(error.message))
    server.once('exit', (code, name) => end(name ? `signal ${name}` : `exit ${code}`))
  })
  const kill = () => void server.kill('SIGKILL')
  const killAndRemove = () => {
    kill()
    place.remove()
  }
  process.once('exit', killAndRemove)
  signal?.addEventListener('abort', kill, { once: true })
  const stop = once(async () => {
    process.off('exit', killAndRemove)
    signal?.removeEventListener('abort', kill)
    kill()
    await gone
    place.remove()
  })
  const { socketPath } = place
  const isReady = await until(async () => ended !== null || (await greets(socketPath)), startSeconds)
  const address = { socketPath, user: 'root', password: '' }
  if (isReady && ended === null) return { address, drop: (database) => drop(address, database), stop }
  const why = ended === null ? `no answer within ${startSeconds} s` : `${ended}${lastError(place.log)}`
  await stop()
  signal?.throwIfAborted()
  throw new ScratchProblem(`the scratch database did not start: ${why}`)
}

async function drop(address: ScratchServer['address'], database: string): Promise<void> {
  const connection = await mysql.createConnection({ ...connectionDefaults, ...address })
  try {
    await connection.query(`drop database if exists \`${database}\``)
  } finally {
    connection.destroy()
  }
}

async function install({ home }: ScratchPlace): Promise<void> {
  try {
    await promisify(execFile)(
      program('mariadb-install-db'),
      [
        '--no-defaults',
        // Relative: the program does not quote its paths, and a folder's name may hold a space.
        '--datadir=./data',
        '--tmpdir=../tmp',
        '--skip-test-db',
        '--skip-name-resolve',
        '--auth-root-authentication-method=normal',
        `--innodb-log-file-size=${scratchSettings['innodb-log-file-size']}`,
        ...runAsRoot(),
      ],
      { cwd: home, timeout: 120_000, maxBuffer: 10_000_000 },
    )
  } catch (error) {
    const { stderr, stdout, message } = error as Error & { stderr?: string; stdout?: string }
    const said = `${stderr ?? ''}\n${stdout ?? ''}`.match(/.*(?:ERROR|FATAL|No space|denied).*/i)?.[0]
    throw new ScratchProblem(`the scratch database could not be created: ${said?.trim() ?? message}`)
  }
}

/** With it the kernel ends the server the moment we are killed; without it the next start sweeps. */
function dyingWithUs(): string[] {
  const path = '/usr/bin/setpriv'
  return existsSync(path) ? [path, '--pdeathsig', 'KILL', '--'] : []
}

const megabytes = (bytes: number) => `${Math.round(bytes / 1024 ** 2)} MB`

function lastError(log: string): string {
  const errors = readFileSync(log, 'utf8').match(/\[ERROR\] .*/g)
  return errors ? `: ${errors.at(-1)?.replace('[ERROR] ', '')}` : ''
}

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  return () => {
    running ??= work()
    return running
  }
}
