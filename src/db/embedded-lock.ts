import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isAlive, ownMark, type ProcessMark } from './embedded-process.ts'

/** Who owns the private server: started it, or took it over, and will stop it. */
export type Owner = ProcessMark & { role: Role }
export type Role = 'serve' | 'command'

const lockName = 'lock'

/** The lock for this process, or the living process that has it. A dead owner's lock is taken over. */
export function takeLock(folder: string, role: Role): { taken: true } | { taken: false; owner: Owner } {
  const path = join(folder, lockName)
  for (;;) {
    if (linkNew(path, { ...ownMark(), role })) return { taken: true }
    const owner = readOwner(path)
    if (owner && isAlive(owner)) return { taken: false, owner }
    removeStale(path)
  }
}

export function releaseLock(folder: string): void {
  const path = join(folder, lockName)
  const owner = readOwner(path)
  const own = ownMark()
  if (owner?.pid === own.pid && owner.startedAt === own.startedAt) rmSync(path, { force: true })
}

export function currentOwner(folder: string): Owner | null {
  const owner = readOwner(join(folder, lockName))
  return owner && isAlive(owner) ? owner : null
}

/**
 * Two processes that both saw a dead owner must not remove each other's new lock: only the holder of a
 * second lock removes, and it looks again first.
 */
function removeStale(path: string): void {
  const guard = `${path}.takeover`
  if (!linkNew(guard, { ...ownMark(), role: 'command' })) {
    const other = readOwner(guard)
    if (!other || !isAlive(other)) rmSync(guard, { force: true })
    return
  }
  try {
    const owner = readOwner(path)
    if (!owner || !isAlive(owner)) rmSync(path, { force: true })
  } finally {
    rmSync(guard, { force: true })
  }
}

/** Links a finished file, so that nobody ever reads half a lock. */
function linkNew(path: string, owner: Owner): boolean {
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, JSON.stringify(owner), { mode: 0o600 })
  try {
    linkSync(draft, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

function readOwner(path: string): Owner | null {
  try {
    const owner = JSON.parse(readFileSync(path, 'utf8')) as Partial<Owner>
    return typeof owner.pid === 'number' && typeof owner.startedAt === 'string'
      ? { pid: owner.pid, startedAt: owner.startedAt, role: owner.role === 'serve' ? 'serve' : 'command' }
      : null
  } catch {
    return null
  }
}

// ── Guests: commands that use a server which another command owns. The last one out stops it.

export function enterAsGuest(folder: string): void {
  const guests = join(folder, 'guests')
  mkdirSync(guests, { recursive: true, mode: 0o700 })
  writeFileSync(join(guests, String(process.pid)), JSON.stringify({ ...ownMark(), role: 'command' }))
}

export function leaveAsGuest(folder: string): void {
  rmSync(join(folder, 'guests', String(process.pid)), { force: true })
}

export function hasGuests(folder: string): boolean {
  const guests = join(folder, 'guests')
  let names: string[]
  try {
    names = readdirSync(guests)
  } catch {
    return false
  }
  return names.some((name) => {
    const guest = readOwner(join(guests, name))
    if (guest && isAlive(guest)) return true
    rmSync(join(guests, name), { force: true })
    return false
  })
}
