import { Chip } from './chip.tsx'

/** «Te quedan 13 días de prueba»: quiet, on every signed-in page, gone with a paid plan. */
export function TrialChip({ text }: { text: string | null }) {
  return text ? <Chip class="trial-chip">{text}</Chip> : null
}
