import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Databases } from '#src/db/databases.ts'
import { ownDatabases } from '../../tests/support/database.ts'
import { takeHit } from './rate-limit.ts'

const limit = { bucket: 'sign-in', max: 3, windowSeconds: 60 }
const noon = new Date('2026-11-23T17:00:00.000Z')
const later = (seconds: number) => new Date(noon.getTime() + seconds * 1000)

let own: Awaited<ReturnType<typeof ownDatabases>>
let one: Databases
let other: Databases
beforeAll(async () => {
  own = await ownDatabases()
  one = own.databases
  other = await own.open()
})
afterAll(() => own.stop())

describe('a limit', () => {
  test('lets the first ones pass and tells the next when to come back', async () => {
    for (let i = 0; i < 3; i++)
      expect(await takeHit(one.admin, limit, 'beto', later(i))).toEqual({ ok: true })
    expect(await takeHit(one.admin, limit, 'beto', later(10))).toEqual({ ok: false, retryAfterSeconds: 50 })
    expect(await takeHit(one.admin, limit, 'beto', later(59.5))).toEqual({ ok: false, retryAfterSeconds: 1 })
  })

  test('begins anew when its window is over', async () => {
    for (let i = 0; i < 5; i++) await takeHit(one.admin, limit, 'rosa', noon)
    expect(await takeHit(one.admin, limit, 'rosa', later(60))).toEqual({ ok: true })
    expect(await takeHit(one.admin, limit, 'rosa', later(61))).toEqual({ ok: true })
    expect(await takeHit(one.admin, limit, 'rosa', later(62))).toEqual({ ok: true })
    expect(await takeHit(one.admin, limit, 'rosa', later(63))).toMatchObject({ ok: false })
  })

  test('counts each person and each purpose apart', async () => {
    for (let i = 0; i < 4; i++) await takeHit(one.admin, limit, 'carla', noon)
    expect(await takeHit(one.admin, limit, 'dora', noon)).toEqual({ ok: true })
    expect(await takeHit(one.admin, { ...limit, bucket: 'recovery' }, 'carla', noon)).toEqual({ ok: true })
  })

  test('holds over two processes at once, to the hit', async () => {
    const many = { bucket: 'sign-up', max: 10, windowSeconds: 60 }
    const hits = await Promise.all(
      Array.from({ length: 60 }, (_, i) => takeHit((i % 2 ? one : other).admin, many, '190.12.0.1', noon)),
    )
    expect(hits.filter((hit) => hit.ok)).toHaveLength(10)
  })
})
