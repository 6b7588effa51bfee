import { mailDecision } from '#src/billing/payments/mails.tsx'
import type { PaymentProvider } from '#src/billing/provider.ts'
import type { AdminDb } from '#src/db/admin.ts'
import type { JobContext } from '#src/jobs/schedule.ts'
import { providerOf } from './provider.ts'
import { mailStopped } from './renewals/stopping/mails.tsx'
import type { StopReason } from './renewals/stopping/stopping.ts'

export type NoticeContext = Pick<JobContext, 'databases' | 'config' | 'clock' | 'log' | 'mailer'>

/** Both sides, and whom to tell when a payment of ours was decided or a renewal was stopped. */
export type Elsewhere = {
  admin: AdminDb
  provider: PaymentProvider
  decided: (paymentId: number) => void
  stopped: (tenantId: number, why: StopReason) => void
}

/** null: it is not configured. */
export function elsewhereOf(context: NoticeContext): Elsewhere | null {
  const provider = providerOf(context.config)
  if (!provider) return null
  const { admin } = context.databases
  return {
    ...{ admin, provider },
    decided: (paymentId) => mailDecision(context, paymentId),
    stopped: (tenantId, why) => mailStopped(context, tenantId, why),
  }
}
