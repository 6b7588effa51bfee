import { Presets, SingleBar } from 'cli-progress'

/** A bar on the error stream, and only where a person looks: answers and logs stay clean. */
export function progressBar(isWanted: boolean) {
  if (!isWanted || !process.stderr.isTTY) return { show: () => {}, stop: () => {} }
  const bar = new SingleBar(
    { format: '{bar} {percentage} % · {note} · {eta_formatted} left', stream: process.stderr },
    Presets.shades_classic,
  )
  let hasStarted = false
  return {
    show(done: number, all: number, note: string) {
      if (!hasStarted) bar.start(all, 0, { note })
      hasStarted = true
      bar.update(done, { note })
    },
    stop() {
      if (hasStarted) bar.stop()
    },
  }
}
