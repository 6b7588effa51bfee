import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isScannedCode, withLostZeros } from './barcodes.ts'

test('the check digit tells a scanned code from any number', () => {
  for (const code of ['7750182000123', '036000291452', '01234565']) expect(isScannedCode(code)).toBe(true)
  for (const code of ['7750182000124', '12345', '0000000000000', '775018200012A']) {
    expect(isScannedCode(code)).toBe(false)
  }
})

test('a lost zero comes back where it fits, and nowhere else', () => {
  expect(withLostZeros('36000291452', false)).toBe('036000291452')
  expect(withLostZeros('1234565', false)).toBe('01234565')
  expect(withLostZeros('7750182000123', true)).toBeNull()
  expect(withLostZeros('1234566', false)).toBeNull()
  expect(withLostZeros('12', true)).toBeNull()
})

test('what is restored is always a code of the same digits', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 99_999_999_999_999n }), fc.boolean(), (number, isLikely) => {
      const restored = withLostZeros(String(number), isLikely)
      expect(restored === null || (BigInt(restored) === number && isScannedCode(restored))).toBe(true)
    }),
  )
})
