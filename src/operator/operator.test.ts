import { expect, test } from 'vitest'
import { isWorthNoticing, livesStill } from './operator.ts'

const at = (time: string) => new Date(`2026-11-23T${time}Z`)

test('a session ends half an hour after the last click', () => {
  const session = { createdAt: at('10:00:00'), lastSeenAt: at('11:00:00') }
  expect(livesStill(session, at('11:29:59.999'))).toBe(true)
  expect(livesStill(session, at('11:30:00'))).toBe(false)
})

test('and twelve hours after it began, however busy it is', () => {
  const session = { createdAt: at('08:00:00'), lastSeenAt: at('19:59:00') }
  expect(livesStill(session, at('19:59:59.999'))).toBe(true)
  expect(livesStill(session, at('20:00:00'))).toBe(false)
})

test('being there is written down once a minute', () => {
  const session = { lastSeenAt: at('11:00:00') }
  expect(isWorthNoticing(session, at('11:00:59.999'))).toBe(false)
  expect(isWorthNoticing(session, at('11:01:00'))).toBe(true)
})
