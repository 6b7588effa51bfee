import { eq, sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import type { AdminDb } from '#src/db/admin.ts'
import { workLeases } from '#src/db/admin-schema.ts'
import { LeaseLost } from '#src/db/errors.ts'
import { isLeased, type Lease, withLease } from '#src/db/lease.ts'
import { testDatabases } from '../../tests/support/database.ts'

let admin: AdminDb
beforeAll(async () => {
  admin = (await testDatabases()).admin
})

let names = 0
const newName = () => `test-${process.pid}-${++names}`
const aborted = (lease: Lease) =>
  new Promise<void>((resolve) => lease.signal.addEventListener('abort', () => resolve(), { once: true }))
/** As a process does that takes over: the row is another's from now on. */
const steal = (name: string) =>
  admin.update(workLeases).set({ owner: 'another process' }).where(eq(workLeases.name, name))

describe('a lease', () => {
  test('lets one work at a time, and the next as soon as it has ended', async () => {
    const name = newName()
    const outcome = await withLease(admin, name, async () => {
      expect(await isLeased(admin, name)).toBe(true)
      return withLease(admin, name, async () => 'both at once')
    })
    expect(outcome).toEqual({ ok: true, value: { ok: false, problem: 'held' } })
    expect(await isLeased(admin, name)).toBe(false)
    expect(await withLease(admin, name, async () => 'next')).toEqual({ ok: true, value: 'next' })
  })

  test('of sixteen who want it at the same instant is had by each alone', async () => {
    const name = newName()
    let inside = 0
    let most = 0
    const ran = await Promise.all(
      Array.from({ length: 16 }, () =>
        withLease(
          admin,
          name,
          async () => {
            most = Math.max(most, ++inside)
            await admin.execute(sql`select sleep(0.005)`)
            inside--
          },
          { waitMs: 20_000 },
        ),
      ),
    )
    expect(ran.every(({ ok }) => ok)).toBe(true)
    expect(most).toBe(1)
  })

  test('is given back when the work fails, and the failure is told', async () => {
    const name = newName()
    await expect(withLease(admin, name, () => Promise.reject(new Error('no space left')))).rejects.toThrow(
      'no space left',
    )
    expect(await isLeased(admin, name)).toBe(false)
  })

  test('of a holder that died is taken over when its time is up, by the clock of the database', async () => {
    const name = newName()
    await admin.insert(workLeases).values({
      name,
      owner: 'killed',
      leaseUntil: sql`utc_timestamp(3) + interval 1 second`,
    })
    expect(await withLease(admin, name, async () => 'too soon')).toEqual({ ok: false, problem: 'held' })
    let waits = 0
    const taken = await withLease(admin, name, async () => 'mine', {
      waitMs: 20_000,
      onWait: () => waits++,
    })
    expect(taken).toEqual({ ok: true, value: 'mine' })
    expect(waits).toBe(1)
  })

  test('of a living holder is not taken over, however long its work takes', async () => {
    const name = newName()
    const hasBegun = Promise.withResolvers<void>()
    const work = (lease: Lease) => {
      hasBegun.resolve()
      return aborted(lease)
    }
    const long = withLease(admin, name, work, { leaseSeconds: 2 })
    await hasBegun.promise
    const tooLate = await withLease(admin, name, async () => 'stolen', { waitMs: 5_000 })
    expect(tooLate).toEqual({ ok: false, problem: 'held' })
    await steal(name)
    await expect(long).rejects.toThrow(LeaseLost)
  })

  test('that is lost says so at the next heartbeat, and what came of the work is not believed', async () => {
    const name = newName()
    const work = withLease(
      admin,
      name,
      async (lease) => {
        await steal(name)
        await aborted(lease)
        return 'done all the same'
      },
      { leaseSeconds: 1 },
    )
    await expect(work).rejects.toThrow(LeaseLost)
    // What is another's now is not given back by us.
    expect(await isLeased(admin, name)).toBe(true)
  })

  test('is asked for before a step that must not happen twice', async () => {
    const name = newName()
    const steps: string[] = []
    const work = withLease(admin, name, async (lease) => {
      await lease.stillOurs()
      steps.push('first')
      await steal(name)
      await lease.stillOurs()
      steps.push('second')
    })
    await expect(work).rejects.toThrow(LeaseLost)
    expect(steps).toEqual(['first'])
  })

  test('stops waiting when it is told to', async () => {
    const name = newName()
    const stopping = new AbortController()
    await withLease(admin, name, async () => {
      const waiting = withLease(admin, name, async () => 'never', {
        waitMs: Number.POSITIVE_INFINITY,
        signal: stopping.signal,
        onWait: () => stopping.abort(),
      })
      await expect(waiting).rejects.toThrow('abort')
    })
  })

  test('that the database cannot be told of any more is lost when its time is up', async () => {
    const name = newName()
    let isAway = false
    const failing = new Proxy(admin, {
      get: (target, key, receiver) => {
        if (isAway && key === 'update') throw new Error('the database is away')
        return Reflect.get(target, key, receiver)
      },
    })
    const work = withLease(
      failing,
      name,
      async (lease) => {
        isAway = true
        await aborted(lease)
      },
      { leaseSeconds: 1 },
    )
    await expect(work).rejects.toThrow(LeaseLost)
  })
})
