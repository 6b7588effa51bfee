/** Where plans are chosen and paid. */

import type { Period } from '#src/billing/price.ts'

/** As it stands in an address. */
export const periodWords: Record<Period, string> = { month: 'mes', year: 'anual' }

export const readPeriod = (word: string | undefined): Period => (word === periodWords.year ? 'year' : 'month')

type Back = { volver?: string | undefined }

export const plansPath = ({ period, volver }: Back & { period?: Period | undefined } = {}) =>
  withQuery('/plan', { periodo: period && periodWords[period], volver })

export const payPath = ({ plan, period, volver }: Back & { plan: string; period: Period }) =>
  withQuery('/plan/pagar', { plan, periodo: periodWords[period], volver })

export const paymentPath = (reference: string, { volver }: Back = {}) =>
  withQuery(`/plan/pagos/${reference}`, { volver })

/** Where a declared payment and its picture are sent: it has a limit of its own, and says so at its field. */
export const isDeclarationPath = (path: string) => /^\/plan\/pagos\/[\w-]{1,36}\/aviso$/.test(path)

function withQuery(path: string, values: Record<string, string | undefined>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(values)) if (value) query.set(name, value)
  return query.size > 0 ? `${path}?${query}` : path
}
