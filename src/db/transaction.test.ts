import { eq, sql } from 'drizzle-orm'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { describeError, errno, errnoOf, isBusy } from '#src/db/errors.ts'
import { categories, staff } from '#src/db/tenant-schema.ts'
import { inTransaction, onceMoreOnDuplicate, retrying } from '#src/db/transaction.ts'
import { testDatabases, testTenant } from '../../tests/support/database.ts'
import { gate } from '../../tests/support/locks.ts'

describe('a transaction', () => {
  test('keeps what it wrote when it says ok', async () => {
    const { db } = await testTenant()
    const done = await inTransaction(db, async (tx) => {
      await tx.insert(categories).values({ name: 'Pollos', position: 1 })
      return { ok: true, id: 7 }
    })
    expect(done).toEqual({ ok: true, id: 7 })
    expect(await db.$count(categories)).toBe(1)
  })

  test('a refusal takes back what was written before it, and is returned', async () => {
    const { db } = await testTenant()
    const refused = await inTransaction(db, async (tx) => {
      await tx.insert(categories).values({ name: 'Pollos', position: 1 })
      return { ok: false, problem: 'price-changed' as const }
    })
    expect(refused).toEqual({ ok: false, problem: 'price-changed' })
    expect(await db.$count(categories)).toBe(0)
  })

  test('a bug takes back what was written, and is thrown', async () => {
    const { db } = await testTenant()
    const failing = inTransaction(db, async (tx) => {
      await tx.insert(categories).values({ name: 'Pollos', position: 1 })
      throw new Error('bug')
    })
    await expect(failing).rejects.toThrow('bug')
    expect(await db.$count(categories)).toBe(0)
  })

  test('two that lock each other both pass: the one that MariaDB broke off runs again', async () => {
    const { db } = await testTenant()
    await db.insert(categories).values([
      { id: 1, name: 'Pollos', position: 0 },
      { id: 2, name: 'Bebidas', position: 0 },
    ])
    const gates = [gate(), gate()] as const
    let runs = 0
    const raise = (first: number, second: number, mine: 0 | 1) =>
      inTransaction(db, async (tx) => {
        runs++
        const add = (id: number) =>
          tx
            .update(categories)
            .set({ position: sql`${categories.position} + 1` })
            .where(eq(categories.id, id))
        await add(first)
        gates[mine].open()
        await gates[mine === 0 ? 1 : 0].opened
        await add(second)
        return { ok: true }
      })
    await Promise.all([raise(1, 2, 0), raise(2, 1, 1)])
    expect(runs).toBe(3)
    expect(await db.select({ position: categories.position }).from(categories)).toEqual([
      { position: 2 },
      { position: 2 },
    ])
  })

  test('works under READ COMMITTED, in which a closed cash session is seen at once', async () => {
    const { db } = await testTenant()
    const names = await inTransaction(db, async (tx) => {
      const read = async () => (await tx.select({ name: staff.name }).from(staff))[0]?.name
      const before = await read()
      await db.update(staff).set({ name: 'Rosa' })
      return { ok: true, before, after: await read() }
    })
    expect(names).toMatchObject({ before: '', after: 'Rosa' })
  })

  test('leaves nothing behind for whoever gets its connection next', async () => {
    const { db } = await testTenant()
    await inTransaction(db, async (tx) => {
      await tx.execute(sql`set @secret = 'of Rosa', session autocommit = 0`)
      return { ok: true }
    })
    const [rows] = await db.execute(sql`select @secret as secret, @@autocommit as autocommit`)
    expect(rows).toEqual([{ secret: null, autocommit: 1 }])
  })

  test('a handle of it is useless once it is over', async () => {
    const { db } = await testTenant()
    const kept = await inTransaction(db, async (tx) => ({ ok: true, tx }))
    await expect(kept.tx.select().from(staff).execute()).rejects.toThrow()
  })
})

describe('when others stay in the way', () => {
  afterEach(() => void vi.useRealTimers())

  test('the till is told that the database is busy, after eight tries', async () => {
    const { db } = await testTenant()
    const held = gate()
    const isHeld = gate()
    const other = inTransaction(db, async (tx) => {
      await tx.update(staff).set({ name: 'Rosa' })
      isHeld.open()
      await held.opened
      return { ok: true }
    })
    await isHeld.opened
    let runs = 0
    const mine = inTransaction(db, async (tx) => {
      runs++
      await tx.execute(sql`set session innodb_lock_wait_timeout = 0`)
      await tx.update(staff).set({ name: 'Beto' })
      return { ok: true }
    })
    const error: unknown = await mine.catch((error: unknown) => error)
    held.open()
    await other
    expect(errnoOf(error)).toBe(errno.lockWaitTimeout)
    expect(isBusy(error)).toBe(true)
    expect(runs).toBe(8)
  })

  test('waits of five seconds are not repeated eight times: two, and she is told', async () => {
    vi.useFakeTimers({ toFake: ['performance'] })
    let runs = 0
    const slow = retrying(async () => {
      runs++
      vi.advanceTimersByTime(5_000)
      throw Object.assign(new Error('Lock wait timeout exceeded'), { errno: errno.lockWaitTimeout })
    })
    await expect(slow).rejects.toSatisfy(isBusy)
    expect(runs).toBe(2)
  })

  test('a statement that takes too long is broken off, and that is busy too', async () => {
    const { db } = await testTenant()
    await inTransaction(db, async () => ({ ok: true }))
    const slow = inTransaction(db, async (tx) => {
      await tx.execute(sql`set session max_statement_time = 0.05`)
      await tx.execute(sql`select sum(a.seq ^ b.seq) from seq_1_to_100000 a, seq_1_to_100000 b`)
      return { ok: true }
    })
    await expect(slow).rejects.toSatisfy((error) => errnoOf(error) === 1969 && isBusy(error))
  })

  test('one key through two doors at once is looked up again, once', async () => {
    let runs = 0
    const duplicate = Object.assign(new Error('Duplicate entry'), { errno: errno.duplicateEntry })
    const found = await onceMoreOnDuplicate(async () => {
      if (++runs === 1) throw duplicate
      return 'found'
    })
    expect(found).toBe('found')
    const always = onceMoreOnDuplicate(async () => {
      runs++
      throw duplicate
    })
    await expect(always).rejects.toBe(duplicate)
    expect(runs).toBe(4)
  })
})

describe('an error of the database', () => {
  test('is known by its number, however deep it is wrapped', async () => {
    const { db } = await testTenant()
    await db.insert(categories).values({ name: 'Pollos', position: 1 })
    const error = await db
      .insert(categories)
      .values({ name: 'Pollos', position: 2 })
      .catch((error: unknown) => error)
    expect(errnoOf(error)).toBe(errno.duplicateEntry)
  })

  test('tells the log its number and its SQL, and never what somebody typed', async () => {
    const { admin } = await testDatabases()
    const rosa = await testTenant()
    const email = rosa.user.email
    const error: unknown = await admin
      .execute(
        sql`insert into users (email, password_hash, created_at) values (${email}, 'argon2id$secret', now())`,
      )
      .catch((error: unknown) => error)
    expect(String((error as Error).message)).toContain(email)
    const told = JSON.stringify(describeError(error))
    expect(told).toContain('1062')
    expect(told).toContain('insert into users')
    expect(told).toContain('transaction.test.ts')
    expect(told).not.toContain(email)

    const raw: unknown = await admin
      .execute(
        sql.raw(`insert into users (email, password_hash, created_at) values ('${email}', 'x', now())`),
      )
      .catch((error: unknown) => (error as Error).cause)
    expect(JSON.stringify(describeError(raw))).not.toContain(email)
  })
})
