/** What is bought elsewhere, in the words of its checkout. Pure. */

import { openDays } from '#src/billing/payments/payment.ts'

export type CheckoutProblem = 'not-open' | 'cannot-renew' | 'no-answer'

type Bought = { planName: string; period: 'month' | 'year' }

export const checkoutTitle = ({ planName, period }: Bought) =>
  `SmartKet ${planName}, ${period === 'year' ? 'un año' : 'un mes'}`

/** As long as the same choice is the same payment. From then on no checkout of it takes money. */
export const checkoutEnd = ({ createdAt }: { createdAt: Date }) =>
  new Date(createdAt.getTime() + openDays * 86_400_000)

/** A subscription charges the same each time: what is reduced by credit is paid once. */
export const mayRenew = ({ creditCentimos }: { creditCentimos: number }) => creditCentimos === 0

/** Where this payment's checkout begins, and where it is told how it went. `back`: the page she came from. */
export const checkoutPath = (reference: string, back: string) =>
  withBack(`/plan/mercadopago/${reference}`, back)
export const returnPathOf = (reference: string, back: string) => withBack(`/plan/retorno/${reference}`, back)

/** The same page, with the choice instead of the link out. */
export const checkoutAnewPath = (reference: string, back: string) =>
  `/plan/mercadopago/${reference}?elegir=1${back === '/' ? '' : `&volver=${encodeURIComponent(back)}`}`

const withBack = (path: string, back: string) =>
  back === '/' ? path : `${path}?volver=${encodeURIComponent(back)}`
