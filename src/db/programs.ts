import { accessSync, constants, lstatSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EmbeddedProblem } from './embedded-place.ts'
import { markOf } from './embedded-process.ts'
import type { ServerAddress } from './server-address.ts'

/** Where Debian puts programs that a user's PATH often leaves out. */
const folders = [
  '/usr/sbin',
  '/usr/bin',
  '/usr/local/sbin',
  '/usr/local/bin',
  '/usr/libexec',
  '/sbin',
  '/bin',
]

/** The path of one of MariaDB's own programs; a sentence for whoever operates the server where it is missing. */
export function program(name: string): string {
  const path = find(name)
  if (path !== null) return path
  throw new EmbeddedProblem(
    `${name} is not installed: apt-get install mariadb-server-core mariadb-client, or set DATABASE_URL to a MariaDB that runs elsewhere.`,
  )
}

/**
 * What to start so that a till beside it does not notice: the last in the queue for the processor and for the
 * disk. A machine without `nice` or `ionice` runs it as it is. Both hand their process over, so that its number
 * is the program's own and killing it kills the program.
 */
export function quietly(path: string, args: readonly string[]): { command: string; args: string[] } {
  const nice = find('nice')
  const ionice = find('ionice')
  // -t: a container may forbid it.
  const words = [
    ...(nice ? [nice, '-n', '19'] : []),
    ...(ionice ? [ionice, '-t', '-c', '3'] : []),
    path,
    ...args,
  ]
  return { command: words[0] ?? path, args: words.slice(1) }
}

/**
 * Runs `work` with a file for `--defaults-file=`, which must be a program's first argument: a password on a
 * command line is read by every user of the machine. The file is ours alone, and gone afterwards.
 */
export async function withDefaultsFile<T>(
  server: ServerAddress,
  work: (file: string) => Promise<T>,
): Promise<T> {
  sweepFolders()
  const folder = mkdtempSync(join(tmpdir(), `${folderPrefix}${process.pid}-`))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', remove)
  try {
    const file = join(folder, 'client.cnf')
    writeFileSync(file, clientOptions(server), { mode: 0o600 })
    return await work(file)
  } finally {
    process.off('exit', remove)
    remove()
  }
}

const folderPrefix = 'sk-client-'
let isSwept = false

/** What a process left that was killed: once is enough, ours go by themselves. */
function sweepFolders(): void {
  if (isSwept) return
  isSwept = true
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(folderPrefix) ? Number(name.slice(folderPrefix.length).split('-')[0]) : 0
    if (pid > 0 && markOf(pid) === null) removeOwn(join(tmpdir(), name))
  }
}

/** The temporary folder is everybody's: another user's is not ours to remove, and no reason to copy nothing. */
function removeOwn(path: string): void {
  try {
    if (lstatSync(path).uid === process.getuid?.()) rmSync(path, { recursive: true, force: true })
  } catch {
    // Gone by now, or not to be had.
  }
}

function clientOptions(server: ServerAddress): string {
  const where =
    'socketPath' in server
      ? [`socket=${quoted(server.socketPath)}`]
      : [`host=${quoted(server.host)}`, `port=${server.port}`, 'protocol=tcp']
  const who = [`user=${quoted(server.user)}`, `password=${quoted(server.password)}`]
  // Clients since 11.4 refuse a server without a certificate, which our own connections do not ask for either.
  return ['[client]', ...where, ...who, 'loose-skip-ssl-verify-server-cert', ''].join('\n')
}

const quoted = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

function find(name: string): string | null {
  for (const folder of folders) {
    const path = join(folder, name)
    try {
      accessSync(path, constants.X_OK)
      return path
    } catch {
      // Not here.
    }
  }
  return null
}
