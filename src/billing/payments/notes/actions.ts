import { audit } from '#src/audit/actions.ts'
import type { PaymentRow } from '#src/billing/payments/queries.ts'
import type { AdminTx } from '#src/db/admin.ts'

type Note = { operatorId?: number | undefined; reason?: string | undefined; until?: Date }

/** A decision about money, in the audit log: in the transaction that decides. */
export function note(
  tx: AdminTx,
  act: string,
  payment: PaymentRow,
  { operatorId, reason, until }: Note,
  now: Date,
) {
  const { tenantId, reference, planName, amountCentimos } = payment
  return audit(
    tx,
    {
      tenantId,
      act,
      ...(operatorId === undefined ? {} : { operatorId }),
      ...(reason === undefined ? {} : { reason }),
      detail: { reference, planName, amountCentimos, ...(until ? { paidUntil: until.toISOString() } : {}) },
    },
    now,
  )
}
