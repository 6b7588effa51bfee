import { createHash } from 'node:crypto'
import * as z from 'zod'
import { limits } from '#src/sales/sale.ts'

const reference = z.int().min(1).max(4_294_967_295)
const centimos = z.int().min(0).max(limits.totalCentimos)

/** One a method is what a shop needs; twice as many is room. */
const payments = 8

const line = z.object({
  productId: reference,
  quantityThousandths: z.int().min(1).max(limits.quantityThousandths),
  /** The price that the cashier saw: another one on the server is asked about, never charged silently. */
  unitPriceCentimos: centimos,
})

const payment = z.object({
  method: z.enum(['efectivo', 'yape', 'plin', 'tarjeta', 'app']),
  /** Omitted: all of what is due. */
  amountCentimos: centimos.optional(),
  receivedCentimos: centimos.optional(),
  operationNumber: z.string().trim().max(32).optional(),
})

const requestKey = z.uuid().toLowerCase()

/** Whose till it was typed in. One browser holds one session: another tab may have signed in elsewhere since. */
const business = z.string().regex(/^[0-9a-f]{8}$/)

/** Shape only: whether the cash is enough needs the prices, so it lives in the rules. */
export const saleForm = z.object({
  requestKey,
  business: business.optional(),
  registerId: reference,
  channel: z.enum(['salon', 'llevar', 'delivery', 'rappi', 'pedidosya', 'didi']),
  orderLabel: z.string().regex(/^[A-Z]?[1-9]\d?$/),
  lines: z.array(line).min(1),
  payments: z.array(payment).min(1),
})

export type SaleBody = z.output<typeof saleForm>
export type BodyProblem =
  | 'other-business'
  | 'malformed'
  | 'empty'
  | 'too-many-lines'
  | 'bad-quantity'
  | 'nothing-paid'

const addressed = z.object({ business })

/**
 * Reads the till's JSON for the business whose mark is `ours`: the sale as typed, or which of its own mistakes
 * it has (the till never sends them). An order of another business is told before anything else is looked at.
 */
export function readSale(
  json: unknown,
  ours: string,
): { ok: true; body: SaleBody } | { ok: false; problem: BodyProblem; field?: string } {
  const sent = addressed.safeParse(json)
  if (sent.success && sent.data.business !== ours) return { ok: false, problem: 'other-business' }
  // Asked before anything is parsed: a million wrong lines would be a million complaints.
  if (lengthOf(json, 'lines') > limits.lines) return { ok: false, problem: 'too-many-lines', field: 'lines' }
  if (lengthOf(json, 'payments') > payments) return { ok: false, problem: 'malformed', field: 'payments' }
  const read = saleForm.safeParse(json)
  if (read.success) return { ok: true, body: read.data }
  const [issue] = read.error.issues
  const field = issue?.path.join('.') ?? ''
  return { ok: false, problem: problemOf(field, issue?.code), field }
}

function problemOf(field: string, code: string | undefined): BodyProblem {
  if (field === 'lines' && code === 'too_small') return 'empty'
  if (field === 'payments' && code === 'too_small') return 'nothing-paid'
  return field.endsWith('.quantityThousandths') ? 'bad-quantity' : 'malformed'
}

function lengthOf(json: unknown, name: 'lines' | 'payments'): number {
  const list = (json as Record<string, unknown> | null)?.[name]
  return Array.isArray(list) ? list.length : 0
}

/** What makes two bodies the same sale: everything but the key and the mark, in one order whatever order the fields came in. */
export function bodyHash(body: SaleBody): string {
  const canonical = [
    body.registerId,
    body.channel,
    body.orderLabel,
    body.lines.map((l) => [l.productId, l.quantityThousandths, l.unitPriceCentimos]),
    body.payments.map((p) => [
      p.method,
      p.amountCentimos ?? null,
      p.receivedCentimos ?? null,
      p.operationNumber ?? null,
    ]),
  ]
  return createHash('sha256').update(JSON.stringify(canonical)).digest('hex')
}
