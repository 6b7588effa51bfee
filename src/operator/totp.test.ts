import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import {
  codeAt,
  newRecoveryCodes,
  newTotpSecret,
  openSecret,
  recoveryCodeHash,
  sealSecret,
  stepOfCode,
  totpUri,
} from './totp.ts'

const rfcSecret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' // '12345678901234567890', RFC 6238 appendix B

test('the codes are those of RFC 6238', () => {
  expect(codeAt(rfcSecret, new Date(59_000))).toBe('287082')
  expect(codeAt(rfcSecret, new Date(1_111_111_109_000))).toBe('081804')
  expect(codeAt(rfcSecret, new Date(20_000_000_000_000))).toBe('353130')
})

test('a code is taken one step early and one late, and says which step it is of', () => {
  const now = new Date('2026-11-23T15:00:10Z')
  const step = Math.floor(now.getTime() / 30_000)
  const at = (steps: number) => codeAt(rfcSecret, new Date(now.getTime() + steps * 30_000))
  expect([-1, 0, 1].map((steps) => stepOfCode(rfcSecret, at(steps), now))).toEqual([step - 1, step, step + 1])
  expect([-2, 2].map((steps) => stepOfCode(rfcSecret, at(steps), now))).toEqual([null, null])
  expect(stepOfCode(rfcSecret, ` ${at(0).slice(0, 3)} ${at(0).slice(3)} `, now)).toBe(step)
})

test.each(['', '12345', '1234567', 'abcdef', '１２３４５６', '12345\u0000'])('«%s» is no code', (typed) => {
  expect(stepOfCode(rfcSecret, typed, new Date())).toBeNull()
})

test('a secret is opened with its own key and for its own operator only', () => {
  const key = randomBytes(32)
  const secret = newTotpSecret()
  const sealed = sealSecret(key, 'olga@smartket.test', secret)
  expect(sealed).not.toContain(secret)
  expect(sealed.length).toBeLessThan(255)
  expect(sealSecret(key, 'olga@smartket.test', secret)).not.toBe(sealed)
  expect(openSecret(key, 'olga@smartket.test', sealed)).toBe(secret)
  expect(() => openSecret(randomBytes(32), 'olga@smartket.test', sealed)).toThrow()
  expect(() => openSecret(key, 'otro@smartket.test', sealed)).toThrow()
  const [version, iv, tag, bytes] = sealed.split('.')
  expect(() =>
    openSecret(key, 'olga@smartket.test', [version, iv, tag?.slice(0, 8), bytes].join('.')),
  ).toThrow()
  expect(() => openSecret(key, 'olga@smartket.test', secret)).toThrow()
})

test('the telephone is told who it is for', () => {
  const uri = totpUri(rfcSecret, 'olga@smartket.test')
  expect(uri).toMatch(/^otpauth:\/\/totp\/SmartKet:olga%40smartket\.test\?/)
  expect(uri).toContain(`secret=${rfcSecret}`)
})

test('recovery codes are eight, all different, and read as people write them', () => {
  const codes = newRecoveryCodes()
  expect(new Set(codes).size).toBe(8)
  for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/)
  const hash = recoveryCodeHash('10AB-CDEF-GHJK-MNPQ')
  expect(recoveryCodeHash(' lo ab cdef ghjk mnpq ')).toBe(hash)
  expect(hash).toMatch(/^[0-9a-f]{64}$/)
  expect(['', '123456', '10AB-CDEF-GHJK-MNP', '10AB-CDEF-GHJK-MNPU'].map(recoveryCodeHash)).toEqual(
    Array(4).fill(null),
  )
})
