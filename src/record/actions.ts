import type { Db } from '#src/db/tenant.ts'
import { auditEvents } from '#src/db/tenant-schema.ts'
import type { Act } from './act.ts'

export type Recorded = {
  act: Act
  /** Null where nobody was known. */
  staffId: number | null
  /** The encargado whose PIN allowed it. */
  grantedBy?: number | null
  deviceId?: number | null
  registerId?: number | null
  cashSessionId?: number | null
  saleId?: number | null
  /** What it was worth, in céntimos; never negative: the act says which way. */
  amountCentimos?: number | null
  /** The parts of a sentence for a person: a reason, a ticket's number, from and to. Never a token or a PIN. */
  detail?: Record<string, string | number | null>
}

/** One line of the record, in the act's own transaction: neither is there without the other. */
export async function record(tx: Db, { detail, ...act }: Recorded, now: Date): Promise<void> {
  await tx.insert(auditEvents).values({
    ...act,
    detail: detail ? JSON.stringify(detail) : null,
    createdAt: now,
  })
}
