import { formatAmount } from '#src/lib/money.ts'
import { cashSuggestions } from '#src/sales/payment.ts'
import { make } from '../dom.ts'

/** «Exacto» and what the customer is likely to hand over: a tap on one charges. */
export function makeNotes(dueCentimos: number): HTMLElement[] {
  const exact = makeNote(dueCentimos, 'Exacto', 'Cobrar exacto')
  const others = cashSuggestions(dueCentimos).map((amount) =>
    makeNote(amount, brief(amount), `Cobrar y recibir ${brief(amount)} soles`),
  )
  return [exact, ...others]
}

function makeNote(centimos: number, text: string, spoken: string): HTMLElement {
  const attributes = { type: 'button', 'data-note': String(centimos), 'aria-label': spoken }
  return make('button', { class: 'button payment-note', ...attributes }, text)
}

/** 4500 → `45`, 1250 → `12.50`: as one says the note at the counter. */
const brief = (centimos: number) =>
  centimos % 100 === 0 ? formatAmount(centimos).slice(0, -3) : formatAmount(centimos)
