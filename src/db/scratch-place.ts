import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findServerOf, isAlive, ownMark, type ProcessMark } from './embedded-process.ts'

/** Where one scratch server lies, and how all of it is removed. */
export type ScratchPlace = {
  home: string
  data: string
  temporary: string
  log: string
  socketPath: string
  remove(): void
}

/** A folder of our own under `folder`, which says whose it is; what killed processes left there goes first. */
export function scratchPlace(folder: string): ScratchPlace {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  sweepScratch(folder)
  const home = mkdtempSync(join(folder, prefix))
  writeFileSync(join(home, ownerFile), JSON.stringify(ownMark()))
  const sockets = socketFolder(home)
  for (const name of ['data', 'tmp']) mkdirSync(join(home, name), { mode: 0o700 })
  return {
    home,
    data: join(home, 'data'),
    temporary: join(home, 'tmp'),
    log: join(home, 'log'),
    socketPath: join(sockets, 's'),
    remove() {
      rmSync(home, { recursive: true, force: true })
      rmSync(sockets, { recursive: true, force: true })
    },
  }
}

const prefix = 'scratch-'
const ownerFile = 'owner.json'

/** What a killed process left behind: its server, if it lives on, and its folder. */
export function sweepScratch(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(prefix)) continue
    const home = join(folder, name)
    const owner = ownerOf(home)
    // Between making the folder and saying whose it is there is a moment.
    if (owner === null ? isYoung(home) : isAlive(owner)) continue
    const pid = findServerOf(join(home, 'data'))
    if (pid !== null) process.kill(pid, 'SIGKILL')
    rmSync(home, { recursive: true, force: true })
  }
}

/** null where it was never written, or only half. */
function ownerOf(home: string): ProcessMark | null {
  try {
    const { pid, startedAt } = JSON.parse(readFileSync(join(home, ownerFile), 'utf8'))
    return { pid, startedAt }
  } catch {
    return null
  }
}

function isYoung(home: string): boolean {
  const made = statSync(home, { throwIfNoEntry: false })?.mtimeMs ?? 0
  return Date.now() - made < 60_000
}

/** A socket's address has room for 107 bytes: a deep folder keeps its socket in the temporary one. */
function socketFolder(home: string): string {
  const near = join(home, 'run')
  if (Buffer.byteLength(join(near, 's')) < longestSocketPath) {
    mkdirSync(near, { mode: 0o700 })
    return near
  }
  const far = mkdtempSync(join(tmpdir(), 'sk-scratch-'))
  chmodSync(far, 0o700) // root of the database has no password
  return far
}
const longestSocketPath = 100
