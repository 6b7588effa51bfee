import { expect, test } from 'vitest'
import { maxLogBytes, runLog } from './run-log.ts'

test('a run that says nothing leaves nothing', () => {
  expect(runLog().text()).toBeNull()
})

test('what it says is kept line by line, also what an attempt before it said', () => {
  const log = runLog('48 dumped')
  log.say('2 dumped\n48 carried')
  expect(log.text()).toBe('48 dumped\n— begun again\n2 dumped\n48 carried')
})

test('of a very long one its beginning and its end are kept', () => {
  const log = runLog()
  for (let i = 0; i < 5_000; i++) log.say(`negocio ${i}: ñandú sin copia`)
  const text = log.text() ?? ''
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(maxLogBytes)
  const lines = text.split('\n')
  expect(lines.slice(0, 4)).toEqual([0, 1, 2].map((i) => `negocio ${i}: ñandú sin copia`).concat('…'))
  expect(lines.at(-1)).toBe('negocio 4999: ñandú sin copia')
  expect(lines.length).toBeGreaterThan(100)
})

test('three lines alone cannot be too much', () => {
  const log = runLog()
  for (let i = 0; i < 4; i++) log.say('x'.repeat(100_000))
  expect(Buffer.byteLength(log.text() ?? '')).toBeLessThanOrEqual(maxLogBytes)
})
