import { businessDaysLeft } from '#src/complaints/business-days.ts'
import { daysLeftText } from '#src/complaints/texts.ts'
import { Chip } from '#views/components/chip.tsx'

/** So few days left are urgent. */
const few = 3

/** What is left of the fifteen business days, in words and in colour. */
export function DaysLeft({ today, answerBy }: { today: string; answerBy: string }) {
  const left = businessDaysLeft(today, answerBy)
  return <Chip kind={left < 0 ? 'danger' : left <= few ? 'amber' : 'plain'}>{daysLeftText(left)}</Chip>
}
