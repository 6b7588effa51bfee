import { beat, beatIfAnswered, raiseAlarms } from '#src/alarms/actions.ts'
import { backUp } from '#src/backups/night/actions.ts'
import { sweepKeptJob } from '#src/backups/restore/kept/actions.ts'
import { pruneStoreOrFail, sendCopiesOrFail, sendLogsOrFail } from '#src/backups/store/actions.ts'
import { verifyCopies } from '#src/backups/verify/actions.ts'
import { readNotices } from '#src/billing/mercadopago/notices/actions.ts'
import { sweepCheckouts } from '#src/billing/mercadopago/sweep/actions.ts'
import { sweepRefunds } from '#src/billing/mercadopago/sweep/refunds/actions.ts'
import { expireOpenPayments } from '#src/billing/payments/expiry/actions.ts'
import { mailAgain } from '#src/complaints/actions.ts'
import { mendDeadSwaps } from '#src/db/swap.ts'
import { noteDisk } from '#src/doctor/disk/actions.ts'
import { spaceJob } from '#src/doctor/disk/disk.ts'
import { sweepExports } from '#src/exports/actions.ts'
import { sweepImports } from '#src/imports/actions.ts'
import { type Job, type JobContext, runJobAt, startSchedule } from '#src/jobs/schedule.ts'
import { sweepAccounts } from '#src/jobs/sweep.ts'
import { sendClosingNotices } from '#src/leaving/actions.ts'
import { deleteLeavers } from '#src/leaving/deletion/actions.ts'
import { deletionJob } from '#src/leaving/deletion/queries.ts'
import { deletedMail, letters } from '#src/leaving/mails.tsx'
import { sendNotices } from '#src/notices/actions.ts'
import { wipePracticeSales } from '#src/practice/actions.ts'
import { closeSupportAccounts } from '#src/support/actions.ts'
import { flagRepeatedTrials } from '#src/tenants/flags/actions.ts'
import { discardHalfMade, keepSpares } from '#src/tenants/spares.ts'
import { refreshStats } from '#src/tenants/stats/actions.ts'

// The schedule, and nothing else. The work is in the feature folders; times are Lima's.
export const jobs: readonly Job[] = [
  {
    name: 'discard-half-made',
    cron: '* * * * *',
    run: ({ databases }, now) => discardHalfMade(databases, now),
  },
  {
    name: 'keep-spares',
    cron: '* * * * *',
    run: ({ databases, spares, clock }, _now, signal) => keepSpares(databases, spares, clock, signal),
  },
  {
    name: 'close-support-accounts',
    cron: '* * * * *',
    run: ({ databases }, now) => closeSupportAccounts(databases, now),
  },
  { name: 'heartbeat', cron: '*/5 * * * *', run: (context) => beat(context) },
  { name: 'raise-alarms', cron: '*/15 * * * *', run: (context, now) => raiseAlarms(context, now, jobs) },
  {
    name: 'read-payment-notices',
    cron: '* * * * *',
    run: (context, _now, signal) => readNotices(context, signal),
  },
  {
    name: 'sweep-checkouts',
    cron: '*/15 * * * *',
    run: (context, _now, signal) => sweepCheckouts(context, signal),
  },
  {
    name: 'sweep-refunds',
    cron: '10 5 * * *',
    run: (context, _now, signal) => sweepRefunds(context, signal),
  },
  {
    name: 'mail-complaints',
    cron: '*/20 * * * *',
    run: ({ databases: { admin }, mailer, clock, config: { landingOrigin } }, now, signal) =>
      mailAgain({ admin, mailer, clock, landingOrigin }, now, signal),
  },
  {
    name: 'backup',
    cron: '0 3 * * *',
    run: (context, _now, signal) => backUp(context, signal).then(() => beatIfAnswered(context)),
  },
  {
    name: 'verify-copies',
    cron: '*/10 * * * *',
    run: (context, _now, signal) => verifyCopies(context, signal),
  },
  {
    name: 'send-copies',
    cron: '*/20 * * * *',
    run: (context, _now, signal) => sendCopiesOrFail(context, signal),
  },
  { name: 'send-logs', cron: '*/5 * * * *', run: (context, _now, signal) => sendLogsOrFail(context, signal) },
  {
    name: 'prune-store',
    cron: '40 4 * * *',
    run: (context, _now, signal) => pruneStoreOrFail(context, signal),
  },
  { name: 'mend-swaps', cron: '* * * * *', run: ({ databases }, now) => mendDeadSwaps(databases, now) },
  {
    name: 'sweep-kept',
    cron: '50 4 * * *',
    run: ({ databases, say }, now, signal) => sweepKeptJob(databases, now, signal, say),
  },
  { name: spaceJob, cron: '0 */6 * * *', run: (context) => noteDisk(context) },
  { name: 'sweep', cron: '15 3 * * *', run: ({ databases }, now) => sweepAccounts(databases.admin, now) },
  {
    name: 'send-closing-notices',
    cron: '*/10 * * * *',
    run: (context, now) => sendClosingNotices(context, letters, now),
  },
  {
    name: deletionJob,
    cron: '20 4 * * *',
    run: (context, now) => deleteLeavers(context, deletedMail, now),
  },
  {
    name: 'sweep-exports',
    cron: '*/10 * * * *',
    run: ({ databases, config }, now) => sweepExports(databases.admin, config.dataFolder, now),
  },
  {
    name: 'send-notices',
    cron: '5 8-20 * * *',
    run: (context, now, signal) => sendNotices(context, now, signal),
  },
  {
    name: 'refresh-stats',
    cron: '*/10 * * * *',
    run: (context, now, signal) => refreshStats(context, now, signal),
  },
  {
    name: 'flag-trials',
    cron: '50 3 * * *',
    run: ({ databases }, _now, signal) => flagRepeatedTrials(databases, signal),
  },
  {
    name: 'expire-payments',
    cron: '20 3 * * *',
    run: ({ databases }, now) => expireOpenPayments(databases.admin, now),
  },
  { name: 'sweep-imports', cron: '45 3 * * *', runForTenant: (db, now) => sweepImports(db, now) },
  { name: 'wipe-practice-sales', cron: '30 3 * * *', runForTenant: (db, now) => wipePracticeSales(db, now) },
]

export const startJobs = (context: JobContext) => startSchedule(jobs, context)

/** Runs it now, whenever it is due. null: there is no such job. */
export async function runJobByHand(name: string, context: JobContext) {
  const job = jobs.find((job) => job.name === name)
  return job ? runJobAt(job, context, context.clock()) : null
}
