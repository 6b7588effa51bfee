import { type Business, daysLeft, type State, stateOf } from '#src/operator/businesses/business.ts'
import { stateNames } from '#src/operator/businesses/texts.ts'
import { Chip } from '#views/components/chip.tsx'

type Colour = 'amber' | 'green' | 'danger' | 'plain'

/** UX.md, section 12: states are words with a colour. */
const colours: Record<State, Colour> = {
  prueba: 'amber',
  'ultimos-dias': 'amber',
  'por-confirmar': 'amber',
  'al-dia': 'green',
  'prueba-terminada': 'danger',
  vencido: 'danger',
  bloqueado: 'danger',
  'en-pausa': 'plain',
  cerrado: 'plain',
  borrado: 'plain',
}

type StateChipProps = { business: Pick<Business, 'account' | 'trialEnd'>; now: Date }

export function StateChip({ business, now }: StateChipProps) {
  const state = stateOf(business, now)
  return <Chip kind={colours[state]}>{stateNames[state]}</Chip>
}

export function Left({ account, now }: Pick<Business, 'account'> & { now: Date }) {
  const { text } = daysLeft(account, now)
  return text ? <span class="hint nowrap">{text}</span> : null
}
