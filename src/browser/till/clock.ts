import { formatHour } from '#src/lib/lima.ts'
import { find, setText } from './dom.ts'

/** The wall clock of the top bar. */
export function startClock(root: HTMLElement): void {
  const clock = find(root, '[data-part="clock"]')
  const tick = () => setText(clock, formatHour(new Date()))
  tick()
  setInterval(tick, 10_000)
}
