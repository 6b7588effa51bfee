/** What became of the last payment, while it still asks for something: told wherever paying would be asked. Pure. */

import { formatSoles } from '#src/lib/money.ts'

export type PaymentNews = {
  status: 'declared' | 'refused'
  reference: string
  amountCentimos: number
  operationNumber: string | null
}

type Last = Omit<PaymentNews, 'status'> & { status: string }

/** Of the newest payment; null: it is decided well, or there is none. */
export function newsOf(last: Last | undefined): PaymentNews | null {
  if (!last) return null
  const { status, reference, amountCentimos, operationNumber } = last
  if (status !== 'declared' && status !== 'refused') return null
  return { status, reference, amountCentimos, operationNumber }
}

export const declaredText = ({ amountCentimos }: PaymentNews) =>
  `Recibimos tu aviso de ${formatSoles(amountCentimos)}; lo estamos confirmando, no necesitas pagar otra vez.`

export const refusedText = ({ operationNumber }: PaymentNews) =>
  `${refusedTitle({ operationNumber })}. Revisa el número o escríbenos; tus datos siguen aquí.`

const refusedTitle = ({ operationNumber }: Pick<PaymentNews, 'operationNumber'>) =>
  operationNumber ? `No encontramos tu pago ${operationNumber}` : 'No encontramos tu pago'
