import { asc } from 'drizzle-orm'
import type { AdminDb } from '#src/db/admin.ts'
import { plans } from '#src/db/admin-schema.ts'
import type { Offer } from '#src/landing/offer.ts'

/** The trial that the landing talks about: its first reader owns a pollería. */
const landingTrial = 'TRIAL_POLLERIA'

/** What the landing offers, from the rows that sign-up and billing use: the page cannot promise anything else. */
export async function loadOffer(admin: AdminDb): Promise<Offer> {
  const rows = await admin.select().from(plans).orderBy(asc(plans.position), asc(plans.code))
  const trial = rows.find((row) => row.code === landingTrial)
  if (!trial?.trialDays || !trial.trialSales || !trial.trialRule) {
    throw new Error(`the plan ${landingTrial} is missing or incomplete`)
  }
  return {
    plans: rows.flatMap(({ priceMonthlyCentimos, kind, ...row }) =>
      kind === 'paid' && priceMonthlyCentimos !== null && row.retiredAt === null
        ? [{ ...row, priceMonthlyCentimos }]
        : [],
    ),
    trial: {
      trialDays: trial.trialDays,
      trialSales: trial.trialSales,
      trialRule: trial.trialRule,
      trialMaxDays: trial.trialMaxDays,
    },
  }
}
