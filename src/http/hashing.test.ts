import { describe, expect, test } from 'vitest'
import { TooMany } from '#src/http/errors.tsx'
import { createHasher, isOutdated } from '#src/http/hashing.ts'

const pepper = Buffer.alloc(32, 7)
const hasher = createHasher({ pepper })

describe('passwords', () => {
  test('Rosa comes in with her own password and with no other', async () => {
    const hash = await hasher.hash('pollo a la brasa')
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(await hasher.verify('pollo a la brasa', hash)).toBe(true)
    expect(await hasher.verify('pollo a la leña', hash)).toBe(false)
  })

  test('the same password twice gives two different hashes', async () => {
    expect(await hasher.hash('pollo a la brasa')).not.toBe(await hasher.hash('pollo a la brasa'))
  })

  test('an «ñ» typed as two signs is the same «ñ»', async () => {
    const hash = await hasher.hash('leña y carbón'.normalize('NFC'))
    expect(await hasher.verify('leña y carbón'.normalize('NFD'), hash)).toBe(true)
  })

  test('an account that does not exist is never matched', async () => {
    expect(await hasher.verify('pollo a la brasa', null)).toBe(false)
  })

  test('a hash made with weaker parameters still opens, and is known as outdated', async () => {
    const weak =
      '$argon2id$v=19$m=8192,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
    expect(await hasher.verify('pollo a la brasa', weak)).toBe(false)
    expect(isOutdated(weak)).toBe(true)
    expect(isOutdated(await hasher.hash('pollo a la brasa'))).toBe(false)
  })

  test('what is not a hash is a bug, not a wrong password', async () => {
    await expect(hasher.verify('pollo a la brasa', 'plain')).rejects.toThrow('not an argon2id hash')
  })
})

describe('PINs', () => {
  const beto = { tenantUid: 'a', staffId: 2 }

  test("Beto's PIN is Beto's alone, in this business alone", async () => {
    const hash = await hasher.hashPin(beto, '1234')
    expect(await hasher.verifyPin(beto, '1234', hash)).toBe(true)
    expect(await hasher.verifyPin(beto, '4321', hash)).toBe(false)
    expect(await hasher.verifyPin({ ...beto, staffId: 3 }, '1234', hash)).toBe(false)
    expect(await hasher.verifyPin({ ...beto, tenantUid: 'b' }, '1234', hash)).toBe(false)
  })

  test('without the pepper a stolen PIN hash cannot be tried', async () => {
    const hash = await hasher.hashPin(beto, '1234')
    expect(await createHasher({ pepper: Buffer.alloc(32, 8) }).verifyPin(beto, '1234', hash)).toBe(false)
  })
})

test('two run, one waits, and the fourth is told to come back', async () => {
  const narrow = createHasher({ pepper, atOnce: 2, queue: 1 })
  const tries = await Promise.allSettled(['a', 'b', 'c', 'd'].map((password) => narrow.hash(password)))
  expect(tries.map((t) => t.status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected'])
  expect(tries[3]).toMatchObject({ reason: expect.any(TooMany) })
  expect(await narrow.hash('and afterwards there is room again')).toContain('$argon2id$')
})
