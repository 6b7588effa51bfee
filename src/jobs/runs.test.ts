import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { jobRuns, passwordResets, rateLimits, tenants } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { jobs, runJobByHand } from '#src/jobs.ts'
import { ownDatabases, testTenant } from '../../tests/support/database.ts'
import { testServices } from '../../tests/support/http.ts'
import { gate } from '../../tests/support/locks.ts'
import { leaseMs, runJob } from './runs.ts'
import { type Job, type JobContext, lastDue, runJobAt, startSchedule } from './schedule.ts'
import { sweepAccounts } from './sweep.ts'

const now = new Date('2026-11-23T17:00:00.000Z')
const later = (ms: number) => new Date(now.getTime() + ms)
let due = 0
/** A due time that no other test uses. */
const nextDue = () => later(++due * 60_000)

let own: Awaited<ReturnType<typeof ownDatabases>>
let databases: Databases
let context: JobContext & { errors: object[] }
beforeAll(async () => {
  own = await ownDatabases()
  databases = own.databases
  const errors: object[] = []
  const log = { error: (details: object) => void errors.push(details) }
  const { config, mailer } = testServices(databases)
  context = { databases, clock: () => now, config, mailer, log, spares: 1, errors }
})
afterAll(() => own.stop())

const rowOf = async (dueAt: Date, tenantId = 0) => {
  const rows = await databases.admin.select().from(jobRuns).where(eq(jobRuns.dueAt, dueAt))
  return rows.find((row) => row.tenantId === tenantId)
}

describe('a job that is due', () => {
  test('is done once, whatever the number of processes', async () => {
    const other = await own.open()
    const dueAt = nextDue()
    let runs = 0
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        runJob(
          { databases: i % 2 ? databases : other, job: 'sweep', dueAt, owner: `p${i}`, now },
          async () => {
            runs++
          },
        ),
      ),
    )
    expect(runs).toBe(1)
    expect(outcomes.filter(({ outcome }) => outcome === 'done')).toHaveLength(1)
    expect(outcomes.filter(({ outcome }) => outcome === 'not-ours')).toHaveLength(11)
    expect(await rowOf(dueAt)).toMatchObject({ status: 'done', attempts: 1, leaseUntil: null, error: null })
  })

  test('is taken over when its process has been silent for longer than the lease', async () => {
    const dueAt = nextDue()
    const run = { databases, job: 'sweep', dueAt }
    let finishDead = () => {}
    const hanging = new Promise<void>((resolve) => {
      finishDead = resolve
    })
    let begun = () => {}
    const hasBegun = new Promise<void>((resolve) => {
      begun = resolve
    })
    const dead = runJob({ ...run, owner: 'dead', now }, () => {
      begun()
      return hanging
    })
    await hasBegun

    const early = await runJob({ ...run, owner: 'second', now: later(leaseMs - 1) }, async () => {})
    expect(early).toEqual({ outcome: 'not-ours' })
    const taken = await runJob({ ...run, owner: 'second', now: later(leaseMs + 1) }, async () => {})
    expect(taken).toEqual({ outcome: 'done' })

    finishDead()
    expect(await dead).toEqual({ outcome: 'lost' })
    expect(await rowOf(dueAt)).toMatchObject({ status: 'done', owner: 'second', attempts: 2 })
  })

  test('that hung in this very process counts once, when it is the second attempt that ends first', async () => {
    const dueAt = nextDue()
    const run = { databases, job: 'sweep', dueAt }
    const [hanging, begun] = [gate(), gate()]
    const first = runJob({ ...run, now }, () => {
      begun.open()
      return hanging.opened
    })
    await begun.opened
    const second = gate()
    const again = runJob({ ...run, now: later(leaseMs + 1) }, () => second.opened)
    await expect.poll(async () => (await rowOf(dueAt))?.attempts).toBe(2)
    hanging.open()
    expect(await first).toEqual({ outcome: 'lost' })
    expect(await rowOf(dueAt)).toMatchObject({ status: 'running', attempts: 2 })
    second.open()
    expect(await again).toEqual({ outcome: 'done' })
  })

  test('that fails says so in its row and in the log, without what somebody typed', async () => {
    const dueAt = nextDue()
    const failing: Job = {
      name: 'failing',
      cron: '* * * * *',
      run: async () => {
        throw Object.assign(new Error("Duplicate entry 'rosa@example.test'"), {
          errno: 1062,
          sqlState: '23000',
        })
      },
    }
    expect(await runJobAt(failing, context, dueAt)).toMatchObject({ outcome: 'failed' })
    expect(await rowOf(dueAt)).toMatchObject({ status: 'failed', error: 'Error: database error 1062' })
    expect(JSON.stringify(context.errors)).toContain('failing')
    expect(JSON.stringify(context.errors)).not.toContain('rosa@')
  })
})

describe('what a run says', () => {
  const said = (words: string, fails = false): Job => ({
    name: 'talker',
    cron: '* * * * *',
    run: async ({ say }) => {
      say(words)
      if (fails) throw new Error('and then it broke')
    },
  })

  test('stands in its row, also where it failed', async () => {
    const [good, bad] = [nextDue(), nextDue()]
    await runJobAt(said('50 dumped, 950 carried'), context, good)
    await runJobAt(said('50 dumped', true), context, bad)
    expect(await rowOf(good)).toMatchObject({ status: 'done', log: '50 dumped, 950 carried' })
    expect(await rowOf(bad)).toMatchObject({ status: 'failed', log: '50 dumped' })
  })

  test('is there beside what the process said that began it and stopped', async () => {
    const stopping = new AbortController()
    const dueAt = nextDue()
    const half: Job = {
      name: 'half',
      cron: '* * * * *',
      run: async ({ say }, _now, signal) => {
        say('the first half')
        stopping.abort()
        signal.throwIfAborted()
      },
    }
    expect(await runJobAt(half, context, dueAt, stopping.signal)).toEqual({ outcome: 'stopped' })
    const whole: Job = { ...half, run: async ({ say }) => say('the second half') }
    expect(await runJobAt(whole, context, dueAt)).toEqual({ outcome: 'done' })
    expect(await rowOf(dueAt)).toMatchObject({ log: 'the first half\n— begun again\nthe second half' })
  })
})

describe('a job about every business', () => {
  test('runs once for each; one that is broken stops no other', async () => {
    const rosa = await testTenant('Pollería Rosita', databases)
    const carla = await testTenant('Bodega Carla', databases)
    const dora = await testTenant('Chifa Dora', databases)
    const visited: number[] = []
    const job: Job = {
      name: 'visit',
      cron: '* * * * *',
      runForTenant: async (_db, _now, tenant) => {
        if (tenant.id === carla.tenant.id) throw new Error('broken')
        visited.push(tenant.id)
      },
    }
    const dueAt = nextDue()
    expect(await runJobAt(job, context, dueAt)).toMatchObject({ outcome: 'failed' })
    expect(visited).toEqual([rosa.tenant.id, dora.tenant.id])
    expect(await rowOf(dueAt, carla.tenant.id)).toMatchObject({ status: 'failed' })
    expect(await rowOf(dueAt, dora.tenant.id)).toMatchObject({ status: 'done' })
    expect(await runJobAt(job, context, dueAt)).toEqual({ outcome: 'not-ours' })
    expect(visited).toHaveLength(2)
  })
})

describe('the schedule', () => {
  test('counts in Lima: at a quarter past three there, the nightly sweep is due', () => {
    const sweep = jobs.find((job) => job.name === 'sweep')
    if (!sweep) throw new Error('no sweep')
    expect(lastDue(sweep, new Date('2026-11-23T08:14:59.999Z'))).toEqual(new Date('2026-11-22T08:15:00Z'))
    expect(lastDue(sweep, new Date('2026-11-23T08:15:00.000Z'))).toEqual(new Date('2026-11-23T08:15:00Z'))
    expect(lastDue(sweep, new Date('2026-11-23T20:00:00.000Z'))).toEqual(new Date('2026-11-23T08:15:00Z'))
  })

  test('makes up at its start for what was missed, once', async () => {
    let runs = 0
    const nightly: Job = { name: 'nightly', cron: '0 4 * * *', run: async () => void runs++ }
    for (let i = 0; i < 2; i++) await startSchedule([nightly], context)()
    expect(runs).toBe(1)
  })

  test('that stops tells its jobs, and what they did not finish is due for the next process', async () => {
    const begun = gate()
    let runs = 0
    const patient: Job = {
      name: 'patient',
      cron: '0 4 * * *',
      run: async (_context, _now, signal) => {
        if (++runs > 1) return
        begun.open()
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
        signal.throwIfAborted()
      },
    }
    const stop = startSchedule([patient], context)
    await begun.opened
    await stop()
    const dueAt = lastDue(patient, now)
    const row = async () =>
      (await databases.admin.select().from(jobRuns).where(eq(jobRuns.job, 'patient')))[0]
    expect(await row()).toMatchObject({ status: 'due', attempts: 1, leaseUntil: null, error: null })
    expect(await runJobAt(patient, context, dueAt)).toEqual({ outcome: 'done' })
    expect(await row()).toMatchObject({ status: 'done', attempts: 2 })
  })

  test('that stops in the middle of all businesses leaves the others to the next process', async () => {
    const stopping = new AbortController()
    const visited = new Set<number>()
    let visits = 0
    const round: Job = {
      name: 'round',
      cron: '* * * * *',
      runForTenant: async (_db, _now, { id }) => {
        visited.add(id)
        visits++
        stopping.abort()
      },
    }
    const dueAt = nextDue()
    expect(await runJobAt(round, context, dueAt, stopping.signal)).toEqual({ outcome: 'stopped' })
    expect(visits).toBe(1)
    expect(await runJobAt(round, context, dueAt)).toEqual({ outcome: 'done' })
    const living = await databases.admin.$count(tenants, eq(tenants.status, 'ACTIVO'))
    expect(living).toBeGreaterThan(1)
    expect([visited.size, visits]).toEqual([living, living])
  })

  test('that stops does not wait for ever for a job that hears nothing', async () => {
    const [deaf, begun] = [gate(), gate()]
    const job: Job = {
      name: 'deaf',
      cron: '0 4 * * *',
      run: () => {
        begun.open()
        return deaf.opened
      },
    }
    const stop = startSchedule([job], context, 10)
    await begun.opened
    await stop()
    const [row] = await databases.admin.select().from(jobRuns).where(eq(jobRuns.job, 'deaf'))
    expect(row).toMatchObject({ status: 'running' })
    deaf.open()
  })

  test('can be run by hand, by name', async () => {
    expect(await runJobByHand('keep-spares', context)).toEqual({ outcome: 'done' })
    expect(await databases.admin.$count(tenants, eq(tenants.status, 'RESERVA'))).toBe(1)
    expect(await runJobByHand('no-such-job', context)).toBeNull()
  })

  test('every job of it runs', async () => {
    // What drops or deletes compares its clock with the database's, and with the end of the last run.
    await databases.admin.delete(jobRuns)
    const today = { ...context, clock: () => new Date() }
    for (const job of jobs) expect(await runJobAt(job, today, nextDue())).toEqual({ outcome: 'done' })
  })
})

test('the sweep takes away what has expired and leaves the rest', async () => {
  const { user } = await testTenant('Pollería Rosita', databases)
  const { admin } = databases
  const reset = (tokenHash: string, expiresAt: Date) => ({
    tokenHash,
    userId: user.id,
    email: user.email,
    expiresAt,
    createdAt: now,
  })
  await admin.insert(passwordResets).values([reset('old', later(-1)), reset('new', later(60_000))])
  await admin.insert(rateLimits).values([
    { key: 'old', hits: 3, windowEndsAt: later(-1) },
    { key: 'new', hits: 3, windowEndsAt: later(60_000) },
  ])
  await admin.insert(jobRuns).values({ job: 'ancient', dueAt: later(-20 * 86_400_000), status: 'done' })
  await sweepAccounts(admin, now)
  expect(await admin.select({ id: passwordResets.tokenHash }).from(passwordResets)).toEqual([{ id: 'new' }])
  expect(await admin.select({ key: rateLimits.key }).from(rateLimits)).toEqual([{ key: 'new' }])
  expect(await admin.$count(jobRuns, eq(jobRuns.job, 'ancient'))).toBe(0)
})
