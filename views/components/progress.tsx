import type { Child } from 'hono/jsx'

/** How far a long job is, in words first: «Guardando 640 de 1,300.» */
export function Progress({ value, max, children }: { value: number; max: number; children?: Child }) {
  return (
    <label class="progress">
      <span>{children}</span>
      <progress value={value} max={max}></progress>
    </label>
  )
}

/** A list on its way. */
export function WaitingLines() {
  return (
    <div class="waiting-lines" aria-hidden="true">
      <span></span>
      <span></span>
      <span></span>
    </div>
  )
}
