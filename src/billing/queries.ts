import { type AccountFacts, type AccountState, accountState, salesDecide } from '#src/billing/account.ts'
import type { Db } from '#src/db/tenant.ts'
import { salesMadeUpTo } from '#src/sales/queries.ts'

/** Where the business stands; its sales are counted only when they decide. */
export async function accountOf(facts: AccountFacts, db: Db, now: Date): Promise<AccountState> {
  const sales = salesDecide(facts, now)
    ? await salesMadeUpTo(db, facts.trial.trialSales)
    : { made: 0, usedUpAt: null }
  return accountState(facts, sales, now)
}
