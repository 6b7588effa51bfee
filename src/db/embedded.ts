import {
  currentOwner,
  enterAsGuest,
  hasGuests,
  leaveAsGuest,
  type Owner,
  type Role,
  releaseLock,
  takeLock,
} from './embedded-lock.ts'
import { EmbeddedProblem, type Place, prepare } from './embedded-place.ts'
import { findServerOf, greets, isAlive, markOf, until } from './embedded-process.ts'
import { createSeconds, startSeconds, startServer, stopServer } from './embedded-server.ts'

export { EmbeddedProblem } from './embedded-place.ts'

/** A running private MariaDB: how to reach it, and how to let go of it. */
export type Embedded = {
  address: { socketPath: string; user: string; password: string }
  /** Whether this process stops the server when it stops. */
  owned: boolean
  stop(): Promise<void>
}

export type EmbeddedOptions = {
  /** `serve` keeps the server for long, so it waits until a short command has let go of it. */
  role?: Role
  onWait?: (owner: { pid: number }) => void
  /** Gives up waiting. */
  signal?: AbortSignal
}

/**
 * The MariaDB of an installation without DATABASE_URL: its own folder under `dataFolder`, its own
 * socket, no network, no system service. Created on first use. When a living process owns it, this one
 * attaches; when its owner was killed and the server still runs, it is taken over as it is.
 */
export async function startEmbedded(dataFolder: string, options: EmbeddedOptions = {}): Promise<Embedded> {
  const role = options.role ?? 'command'
  const place = prepare(dataFolder)
  let hasSaidToWait = false
  for (;;) {
    options.signal?.throwIfAborted()
    const lock = takeLock(place.folder, role)
    if (lock.taken) return own(place, role)
    if (role === 'serve' && lock.owner.role === 'serve') {
      throw new EmbeddedProblem(
        `SmartKet is already running on ${dataFolder} (process ${lock.owner.pid}). Stop it first, or set SMARTKET_DATA to another folder.`,
      )
    }
    if (role === 'command') {
      const attached = await attach(place, lock.owner)
      if (attached) return attached
    } else {
      if (!hasSaidToWait) options.onWait?.({ pid: lock.owner.pid })
      hasSaidToWait = true
      await until(() => currentOwner(place.folder)?.pid !== lock.owner.pid, 1)
    }
  }
}

/** With the lock in hand: take over what still runs, otherwise create what is missing and start. */
async function own(place: Place, role: Role): Promise<Embedded> {
  try {
    const running = await takeOver(place)
    if (running === null && !(await greets(place.socketPath))) await startServer(place)
  } catch (error) {
    releaseLock(place.folder)
    throw error
  }
  return {
    address: addressOf(place),
    owned: true,
    stop: once(() => letGo(place, role)),
  }
}

/** The orphan of an owner that was killed, ready; null when there is none (or it was just ending). */
async function takeOver(place: Place): Promise<number | null> {
  const pid = findServerOf(place.data)
  if (pid === null) return null
  const mark = markOf(pid)
  let isReady = false
  await until(async () => {
    isReady = await greets(place.socketPath)
    return isReady || mark === null || !isAlive(mark)
  }, startSeconds)
  if (isReady) return pid
  if (mark === null || !isAlive(mark)) return null
  throw new EmbeddedProblem(
    `a MariaDB (process ${pid}) works on ${place.data} but does not answer; see ${place.log}`,
  )
}

/** Null when the owner left before its server was ready. */
async function attach(place: Place, owner: Owner): Promise<Embedded | null> {
  enterAsGuest(place.folder)
  let isReady = false
  await until(async () => {
    isReady = await greets(place.socketPath)
    return isReady || !isAlive(owner)
  }, createSeconds + startSeconds)
  if (!isReady || !isAlive(owner)) {
    leaveAsGuest(place.folder)
    if (isAlive(owner))
      throw new EmbeddedProblem(
        `process ${owner.pid} owns the database but it does not answer; see ${place.log}`,
      )
    return null
  }
  return {
    address: addressOf(place),
    owned: false,
    stop: once(async () => {
      leaveAsGuest(place.folder)
      if (takeLock(place.folder, 'command').taken) await letGo(place, 'command')
    }),
  }
}

/**
 * With the lock in hand: stops the server, unless other commands still use the one that a command started;
 * then the last of them does. A guest that left while the lock was ours saw it taken and did nothing, so we
 * look again after giving it back.
 */
async function letGo(place: Place, role: Role): Promise<void> {
  while (role === 'command' && hasGuests(place.folder)) {
    releaseLock(place.folder)
    if (hasGuests(place.folder) || !takeLock(place.folder, role).taken) return
  }
  try {
    await stopServer(place)
  } finally {
    releaseLock(place.folder)
  }
}

const addressOf = (place: Place) => ({ socketPath: place.socketPath, user: 'root', password: '' })

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  return () => {
    running ??= work()
    return running
  }
}
