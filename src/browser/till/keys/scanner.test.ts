import { describe, expect, it } from 'vitest'
import { makeScanner, type Scanned } from './scanner.ts'

/** Types a text with one key every `gap` ms from `at`; the answers of all its keys. */
function type(
  scanner: ReturnType<typeof makeScanner>,
  text: string,
  { at = 1000, gap = 10 } = {},
): Scanned[] {
  return [...text].map((key, i) => scanner.press({ key, at: at + i * gap }))
}

describe("Beto's scanner", () => {
  it('is heard wherever the focus is: quick digits that end in Enter', () => {
    const scanner = makeScanner()
    type(scanner, '7750182000123')
    expect(scanner.press({ key: 'Enter', at: 1130 })).toEqual({ kind: 'code', code: '7750182000123' })
  })

  it('is not Beto typing the same digits by hand', () => {
    const scanner = makeScanner()
    type(scanner, '7750182000123', { gap: 90 })
    expect(scanner.press({ key: 'Enter', at: 1000 + 13 * 90 })).toEqual({ kind: 'nothing' })
  })

  it('is told from a hand at 35 ms between keys', () => {
    const quick = makeScanner()
    type(quick, '12345', { gap: 34 })
    expect(quick.press({ key: 'Enter', at: 1000 + 5 * 34 }).kind).toBe('code')
    const slow = makeScanner()
    type(slow, '12345', { gap: 35 })
    expect(slow.press({ key: 'Enter', at: 1000 + 5 * 35 }).kind).toBe('nothing')
  })

  it('may stumble up to 70 ms once four characters came fast', () => {
    const scanner = makeScanner()
    type(scanner, '7750')
    type(scanner, '182000123', { at: 1098 })
    expect(scanner.press({ key: 'Enter', at: 1245 })).toEqual({ kind: 'code', code: '7750182000123' })
  })

  it('never looks up the tail of a code that was torn in two', () => {
    const scanner = makeScanner()
    type(scanner, '7750182')
    type(scanner, '000123', { at: 1160 })
    expect(scanner.press({ key: 'Enter', at: 1220 })).toEqual({ kind: 'swallow' })
    type(scanner, '7750182000123', { at: 3000 })
    expect(scanner.press({ key: 'Enter', at: 3130 })).toEqual({ kind: 'code', code: '7750182000123' })
  })

  it('swallows a second Enter within 150 ms, and only that one', () => {
    const scanner = makeScanner()
    type(scanner, '7750182000123')
    scanner.press({ key: 'Enter', at: 1130 })
    expect(scanner.press({ key: 'Enter', at: 1279 })).toEqual({ kind: 'swallow' })
    expect(scanner.press({ key: 'Enter', at: 1281 })).toEqual({ kind: 'nothing' })
  })

  it('starts again after a pause, without the digit that a hand left behind', () => {
    const scanner = makeScanner()
    scanner.press({ key: '9', at: 200 })
    type(scanner, '7750182000123')
    expect(scanner.press({ key: 'Enter', at: 1130 })).toEqual({ kind: 'code', code: '7750182000123' })
  })

  it('does not mistake two keys rolled over each other for a code', () => {
    const scanner = makeScanner()
    type(scanner, '50')
    expect(scanner.press({ key: 'Enter', at: 1025 })).toEqual({ kind: 'nothing' })
  })

  it('says when a burst begins, so that the field can be put back as it was', () => {
    const scanner = makeScanner()
    scanner.press({ key: '7', at: 1000 })
    expect(scanner.justBegan()).toBe(true)
    scanner.press({ key: '7', at: 1010 })
    expect(scanner.justBegan()).toBe(false)
  })
})
