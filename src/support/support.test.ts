import { expect, test } from 'vitest'
import { entryCode, grantEnd, isClosedToSupport, isFreshCode, isOpen } from './support.ts'

const now = new Date('2026-11-23T15:00:00Z')
const after = (seconds: number) => new Date(now.getTime() + seconds * 1000)

test('a permission lasts an hour, or until it is ended', () => {
  const grant = { expiresAt: grantEnd(now), endedAt: null }
  expect(isOpen(grant, after(3599.999))).toBe(true)
  expect(isOpen(grant, after(3600))).toBe(false)
  expect(isOpen({ ...grant, endedAt: now }, after(1))).toBe(false)
})

test('the code for the door is good for two minutes', () => {
  const code = entryCode('x'.repeat(43), now)
  expect(isFreshCode(code, after(0))).toBe(true)
  expect(isFreshCode(code, after(120))).toBe(true)
  expect(isFreshCode(code, after(121))).toBe(false)
  expect(isFreshCode(code, after(-121))).toBe(false)
  for (const other of ['', '.', `${'x'.repeat(43)}`, `ñ.${'x'.repeat(43)}`]) {
    expect(isFreshCode(other, now)).toBe(false)
  }
})

test("the person's own pages and what carries data away are closed, the business's are not", () => {
  for (const path of [
    '/cuenta',
    '/cuenta/soporte',
    '/cuenta/datos/1/zip',
    '/plan',
    '/plan/pagar',
    '/soporte',
  ])
    expect(isClosedToSupport(path)).toBe(true)
  for (const path of ['/', '/productos', '/pos', '/ventas/1/ticket', '/planta']) {
    expect(isClosedToSupport(path)).toBe(false)
  }
})
