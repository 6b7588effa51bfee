import { createHash } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What a person can mend: shown as its sentence, without a stack. */
export class EmbeddedProblem extends Error {}

/** Where everything of one private server lies. */
export type Place = { folder: string; data: string; temporary: string; log: string; socketPath: string }

/** Sockets have 0777 and root has no password: only the folder's own mode keeps others out. */
export function prepare(dataFolder: string): Place {
  mkdirSync(join(dataFolder, 'mariadb'), { recursive: true, mode: 0o700 })
  const folder = realpathSync(join(dataFolder, 'mariadb'))
  chmodSync(folder, 0o700)
  return {
    folder,
    data: join(folder, 'data'),
    temporary: join(folder, 'tmp'),
    log: join(folder, 'mariadbd.log'),
    socketPath: socketFor(folder),
  }
}

/** A socket's address has room for 107 bytes: a deep folder keeps its socket elsewhere and says where. */
function socketFor(folder: string): string {
  const near = join(folder, 'socket')
  if (Buffer.byteLength(near) < longestSocketPath) return near
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16)
  const record = join(folder, 'socket-is-at')
  // The record decides: a process with another TMPDIR must find the same server.
  const far = existsSync(record)
    ? readFileSync(record, 'utf8').trim()
    : join(tmpdir(), `smartket-${process.getuid?.() ?? 0}-${name}`, 'socket')
  const home = join(far, '..')
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new EmbeddedProblem(
      `the folder ${home} for the database's socket cannot be made: ${(error as Error).message}`,
    )
  }
  if (!isOursAlone(home)) {
    throw new EmbeddedProblem(
      `the folder ${home} for the database's socket is not ours alone: remove it, or set TMPDIR to another place`,
    )
  }
  writeFileSync(record, `${far}\n`)
  return far
}
const longestSocketPath = 100

/** Anybody may make a folder or a link of that name in /tmp first, and root of the database has no password. */
function isOursAlone(folder: string): boolean {
  const found = lstatSync(folder)
  return found.isDirectory() && found.uid === process.getuid?.() && (found.mode & 0o777) === 0o700
}
