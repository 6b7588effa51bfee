import type { Order } from '#src/sales/order.ts'
import type { Method } from '#src/sales/payment.ts'
import type { Channel } from '#src/sales/sale.ts'
import { markOf } from '#src/till/catalogue.ts'
import { updatingText } from '../texts.ts'

/** The one POST of a sale, and what is known afterwards. Nothing here touches the page. */
export type ChargeBody = {
  requestKey: string
  /** Whose till this is: the browser may have been signed in to another business since. */
  business: string
  registerId: number
  channel: Channel
  orderLabel: string
  lines: { productId: number; quantityThousandths: number; unitPriceCentimos: number }[]
  payments: { method: Method; receivedCentimos?: number; operationNumber?: string }[]
}

export type ChargedSale = {
  id: number
  number: string
  practice: boolean
  totalCentimos: number
  roundingCentimos: number
  dueCentimos: number
  changeCentimos: number
  method: Method
  ticketPath: string
  printPath: string
  whatsappText: string
}

export type ChangedPrice = {
  productId: number
  name: string
  unitPriceCentimos: number
  previousCentimos: number
}

export type Refusal = {
  problem: string
  text: string
  lines: ChangedPrice[]
  dueCentimos: number | null
}

export type Outcome =
  | { kind: 'charged'; sale: ChargedSale; ticketHtml: string }
  | { kind: 'refused'; refusal: Refusal }
  /** Nobody is signed in: nothing was decided about this sale. */
  | { kind: 'signed-out' }
  /** Another tab signed in to another business: nothing was decided either. */
  | { kind: 'other-business' }
  /** Our server did not let the sale in at all: nothing was decided, it comes back in a minute. */
  | { kind: 'updating'; text: string }
  /** No answer, or an answer that says nothing about the sale: it may or may not be saved. */
  | { kind: 'unknown' }

/** What is sent: the order as it stands. The server prices it again. */
export function bodyOf(
  order: Order,
  till: { registerId: number; letter: string; version: string },
  payments: ChargeBody['payments'],
): ChargeBody {
  return {
    requestKey: order.requestKey ?? '',
    business: markOf(till.version),
    registerId: till.registerId,
    channel: order.channel,
    orderLabel: `${till.letter}${order.label}`,
    lines: order.lines.map(({ productId, quantityThousandths, unitPriceCentimos }) => ({
      productId,
      quantityThousandths,
      unitPriceCentimos,
    })),
    payments,
  }
}

/** Longer than any healthy charge, shorter than a cashier's patience. */
const timeoutMs = 15_000

/** Sends the sale. The same body with the same key may be sent any number of times: the server sells once. */
export async function charge(path: string, body: string, fetcher: typeof fetch = fetch): Promise<Outcome> {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), timeoutMs)
  try {
    const response = await fetcher(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body,
      redirect: 'manual',
      signal: abort.signal,
    })
    return judge(response.status, await readJson(response))
  } catch {
    return { kind: 'unknown' }
  } finally {
    clearTimeout(timer)
  }
}

/** Only a clear «no» of our own server is a refusal; anything else leaves the sale unknown. */
export function judge(status: number, answer: unknown): Outcome {
  if (status === 401) return { kind: 'signed-out' }
  if (!isRecord(answer)) return { kind: 'unknown' }
  if (
    status === 200 &&
    answer.ok === true &&
    isRecord(answer.sale) &&
    typeof answer.ticketHtml === 'string'
  ) {
    return { kind: 'charged', sale: answer.sale as ChargedSale, ticketHtml: answer.ticketHtml }
  }
  if (status >= 400 && status < 500 && answer.ok === false && typeof answer.problem === 'string') {
    if (answer.problem === 'other-business') return { kind: 'other-business' }
    return {
      kind: 'refused',
      refusal: {
        problem: answer.problem,
        text:
          typeof answer.text === 'string'
            ? answer.text
            : 'No se cobró. Revisa el pedido y vuelve a intentar.',
        lines: Array.isArray(answer.lines) ? (answer.lines as ChangedPrice[]) : [],
        dueCentimos: typeof answer.dueCentimos === 'number' ? answer.dueCentimos : null,
      },
    }
  }
  if (status === 503 && answer.ok === false && answer.problem === 'updating')
    return { kind: 'updating', text: typeof answer.text === 'string' ? answer.text : updatingText }
  return { kind: 'unknown' }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch {
    return null
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
