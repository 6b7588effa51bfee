/** Whom the boleta or factura is for, as the form begins: what was typed the last time, or what the wizard knows. */

import type { Invoice } from '#src/billing/payments/payment.ts'

type Fiscal = { ruc: string | null; legalName: string | null; address: string | null }

export function invoiceValues(last: Invoice | null, fiscal: Fiscal): Record<string, string> {
  const known = {
    ruc: fiscal.ruc ?? '',
    legal_name: fiscal.legalName ?? '',
    address: fiscal.address ?? '',
  }
  if (!last) return { ...known, document: fiscal.ruc ? 'factura' : 'boleta' }
  const { document } = last
  const number = last.documentNumber ?? ''
  const name = last.documentName ?? ''
  if (document === 'boleta') return { ...known, document, dni: number, name }
  return { document, ruc: number, legal_name: name, address: last.documentAddress ?? '' }
}
