import { describeError } from '#src/db/errors.ts'
import { elsewhereOf, type NoticeContext } from '../../elsewhere.ts'
import { applyPayment } from '../../settling/actions.ts'
import { paidThere } from './queries.ts'

const dayMs = 86_400_000
/** Money goes back long after it came: a cardholder has weeks to dispute. */
const sweptDays = 60
/** A night's work, whatever was sold: of more than so many, each night looks at another part. */
const mostAtOnce = 500

/** The notice of a refund or a dispute gets lost too: asks the service what became of each payment. */
export async function sweepRefunds(
  context: NoticeContext,
  signal?: AbortSignal,
  most = mostAtOnce,
): Promise<void> {
  const elsewhere = elsewhereOf(context)
  if (!elsewhere) return
  const now = context.clock()
  const since = new Date(now.getTime() - sweptDays * dayMs)
  const day = Math.floor(now.getTime() / dayMs)
  const ids = await paidThere(elsewhere.admin, since, day, most)
  let failed = 0
  for (const id of ids) {
    signal?.throwIfAborted()
    await applyPayment(elsewhere, id, now).catch((error: unknown) => {
      failed += 1
      context.log.error({ error: describeError(error) }, 'a payment could not be looked up')
    })
  }
  if (failed > 0) throw new Error(`${failed} of ${ids.length} payments could not be looked up`)
}
