import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Databases } from '#src/db/databases.ts'
import { ownDatabases } from '../../tests/support/database.ts'
import { machineLease } from './machine-lease.ts'

let databases: Databases
const morning = new Date('2026-11-23T13:00:00Z')
const at = (seconds: number) => () => new Date(morning.getTime() + seconds * 1000)
const take = (seconds = 0, waitMs = 0) =>
  machineLease(databases.admin, 'read-file', { clock: at(seconds), waitMs })
let own: Awaited<ReturnType<typeof ownDatabases>>

beforeAll(async () => {
  own = await ownDatabases()
  databases = own.databases
})
afterAll(() => own.stop())

test('of many who come at once, one has it; the next when it is given back', async () => {
  const came = await Promise.all(Array.from({ length: 6 }, () => take()))
  const [first, ...others] = came.filter((lease) => lease !== null)
  expect(others).toEqual([])
  const waiting = take(0, 10_000)
  await first!.release()
  const next = await waiting
  expect(next).not.toBeNull()
  await next!.release()
})

test('a process that died gives it up after twenty seconds of silence', async () => {
  const dead = await take()
  expect(await take(19)).toBeNull()
  const heir = await take(21)
  expect(heir).not.toBeNull()
  await dead!.release()
  expect(await take(22)).toBeNull()
  await heir!.release()
})

test('other work has a lease of its own', async () => {
  const reading = await take()
  const writing = await machineLease(databases.admin, 'write-file', { clock: at(0), waitMs: 0 })
  expect(writing).not.toBeNull()
  await Promise.all([reading!.release(), writing!.release()])
})
