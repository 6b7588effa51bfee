import { readdirSync, readFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** A process that cannot be mistaken for a later one with the same number. */
export type ProcessMark = { pid: number; startedAt: string }

export function markOf(pid: number): ProcessMark | null {
  const startedAt = startOf(pid)
  return startedAt === null ? null : { pid, startedAt }
}

export const ownMark = (): ProcessMark => markOf(process.pid) ?? { pid: process.pid, startedAt: 'unknown' }

export const isAlive = (mark: ProcessMark) => startOf(mark.pid) === mark.startedAt

/** Boot and clock ticks since then, from /proc; null when there is no such process or only its remains. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name stands in parentheses and may hold anything, so the fields are counted after the last one.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [state, ticks] = [fields[0], fields[19]]
    return state === 'Z' || ticks === undefined ? null : `${bootId()}:${ticks}`
  } catch {
    return null
  }
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
}

/** The mariadbd that works on this folder, whoever started it. */
export function findServerOf(dataDirectory: string): number | null {
  const wanted = `--datadir=${dataDirectory}`
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const options = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0')
      if (options.includes(wanted) && startOf(Number(name)) !== null) return Number(name)
    } catch {
      // It ended while we looked.
    }
  }
  return null
}

/** MariaDB speaks first: a socket that greets is a server that is ready. */
export function greets(socketPath: string): Promise<boolean> {
  return new Promise((answer) => {
    const socket = createConnection(socketPath)
    const finish = (isReady: boolean) => {
      socket.destroy()
      answer(isReady)
    }
    socket.setTimeout(2_000, () => finish(false))
    socket.once('data', () => finish(true))
    socket.once('error', () => finish(false))
    socket.once('close', () => finish(false))
  })
}

/** Looks every few milliseconds until it is so; false when the time is up. */
export async function until(isSo: () => boolean | Promise<boolean>, seconds: number): Promise<boolean> {
  const end = performance.now() + seconds * 1_000
  while (performance.now() < end) {
    if (await isSo()) return true
    await sleep(20)
  }
  return isSo()
}
