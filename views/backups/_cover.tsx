import type { Cover } from '#src/backups/covered/covered.ts'
import { coverText } from '#src/backups/covered/texts.ts'
import { Icon } from '../components/icon.tsx'
import { Strip } from '../components/strip.tsx'

/** One calm line for the owner: her copies work. Where one is missing for too long it is a warning. */
export function CoverLine({ cover, now }: { cover: Cover; now: Date }) {
  const text = coverText(cover, now)
  if (cover.kind === 'uncovered') return <Strip kind="amber">{text}</Strip>
  return (
    <p class="soft cover-line">
      <Icon name={cover.kind === 'covered' ? 'circle-check' : 'clock'} /> {text}
    </p>
  )
}
