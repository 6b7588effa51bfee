import { execFile, spawn } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { basename, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { EmbeddedProblem, type Place } from './embedded-place.ts'
import { findServerOf, greets, isAlive, markOf, until } from './embedded-process.ts'
import { asOptions, serverSettings } from './embedded-settings.ts'
import { program } from './programs.ts'

export const startSeconds = 60
export const createSeconds = 120

export async function startServer(place: Place): Promise<void> {
  // Not /tmp: whoever tidies that up takes the tables from under the server. Empty, for nobody works here now.
  rmSync(place.temporary, { recursive: true, force: true })
  mkdirSync(place.temporary, { mode: 0o700 })
  if (!existsSync(place.data)) await create(place)
  rmSync(place.socketPath, { force: true })
  const log = openSync(place.log, 'a', 0o600)
  // Its own process group: Ctrl-C in the terminal is for us, who then stop it in the right order.
  const server = spawn(
    program('mariadbd'),
    [
      '--no-defaults',
      `--datadir=${place.data}`,
      `--tmpdir=${place.temporary}`,
      `--socket=${place.socketPath}`,
      `--pid-file=${join(place.data, 'mariadbd.pid')}`,
      '--skip-networking',
      ...asOptions(serverSettings),
      ...runAsRoot(),
    ],
    { cwd: place.folder, detached: true, stdio: ['ignore', log, log] },
  )
  closeSync(log)
  let ended: string | null = null
  server.once('error', (error) => {
    ended = error.message
  })
  server.once('exit', (code, signal) => {
    ended = signal ? `signal ${signal}` : `exit ${code}`
  })
  server.unref()
  const isReady = await until(async () => ended !== null || (await greets(place.socketPath)), startSeconds)
  if (ended !== null) throw new EmbeddedProblem(`MariaDB did not start (${ended}): ${lastError(place.log)}`)
  if (!isReady) {
    if (server.pid) process.kill(server.pid, 'SIGKILL')
    throw new EmbeddedProblem(`MariaDB did not answer within ${startSeconds} s; see ${place.log}`)
  }
}

/** Made beside its place and moved there when finished: a set-up that was cut never looks finished. */
async function create(place: Place): Promise<void> {
  for (const name of readdirSync(place.folder)) {
    if (name.startsWith('data.new')) rmSync(join(place.folder, name), { recursive: true, force: true })
  }
  const draft = join(place.folder, `data.new.${process.pid}`)
  mkdirSync(draft, { mode: 0o700 })
  try {
    await promisify(execFile)(
      program('mariadb-install-db'),
      [
        '--no-defaults',
        // From here, and from the draft: the program does not quote its paths, and a folder's name may hold a space.
        `--datadir=./${basename(draft)}`,
        `--tmpdir=${relative(draft, place.temporary)}`,
        '--skip-test-db',
        '--skip-name-resolve',
        '--auth-root-authentication-method=normal',
        `--innodb-log-file-size=${serverSettings['innodb-log-file-size']}`,
        ...runAsRoot(),
      ],
      { cwd: place.folder, timeout: createSeconds * 1_000, maxBuffer: 10_000_000 },
    )
  } catch (error) {
    const { stderr, stdout, message } = error as Error & { stderr?: string; stdout?: string }
    const said = `${stderr ?? ''}\n${stdout ?? ''}`.match(/.*(?:ERROR|FATAL|No space|denied).*/i)?.[0]
    throw new EmbeddedProblem(`the database folder could not be created: ${said?.trim() ?? message}`)
  }
  renameSync(draft, place.data)
}

/** SIGTERM ends it in good order, and we wait for it: the next start must find the folder free. */
export async function stopServer(place: Place): Promise<void> {
  const pid = findServerOf(place.data)
  const mark = pid === null ? null : markOf(pid)
  if (mark === null) return
  process.kill(mark.pid, 'SIGTERM')
  if (!(await until(() => !isAlive(mark), stopSeconds))) {
    throw new EmbeddedProblem(
      `MariaDB (process ${mark.pid}) has not stopped after ${stopSeconds} s; see ${place.log}`,
    )
  }
}
const stopSeconds = 60

const runAsRoot = () => (process.getuid?.() === 0 ? ['--user=root'] : [])

function lastError(log: string): string {
  const errors = readFileSync(log, 'utf8').match(/\[ERROR\] .*/g)
  return `${errors?.at(-1)?.replace('[ERROR] ', '') ?? 'no reason given'} (${log})`
}
