import { totalmem } from 'node:os'
import { constrainedMemory, memoryUsage } from 'node:process'
import { takeLateness } from './metrics.ts'

const everyMs = 2_000
/** Half of everything is this late: whoever comes now would wait for seconds. */
const behindMs = 400
const leastBytes = 700_000_000

let isBehind = false
let lastP99 = 0

/** Whether this process is so far behind that a page had better be asked for again. */
export const behind = () => isBehind
/** Of the last two seconds, in milliseconds. */
export const latenessP99 = () => lastP99

/** Memory that a process of ours never needs: three fifths of the machine or of its container. */
export function memoryLimit(machineBytes = constrainedMemory() || totalmem()): number {
  const bytes = Math.min(machineBytes, totalmem())
  return Math.max(leastBytes, Math.round(bytes * 0.6))
}

/**
 * Looks after this process. One that holds more memory than it may is told to end: requests are finished, the socket
 * stays, and systemd starts the next one. Better that than the kernel's choice of whom to kill.
 */
export function watchProcess(options: {
  onTooLarge: (bytes: number) => void
  limitBytes?: number
}): () => void {
  const limit = options.limitBytes ?? memoryLimit()
  let isTold = false
  takeLateness()
  const timer = setInterval(() => {
    const { p50, p99 } = takeLateness()
    isBehind = p50 > behindMs
    lastP99 = p99
    const { rss } = memoryUsage()
    if (rss <= limit || isTold) return
    isTold = true
    options.onTooLarge(rss)
  }, everyMs)
  timer.unref()
  return () => {
    clearInterval(timer)
    isBehind = false
  }
}
