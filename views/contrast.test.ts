import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

/** WCAG 2.2 AA: text 4.5:1; borders of controls and the focus ring 3:1. By day and by night. */
const [day, night] = ['tokens', 'colours']
  .map((name) => readFileSync(join(import.meta.dirname, `../public/css/${name}.css`), 'utf8'))
  .map((sheet) => sheet.split('@media (prefers-color-scheme: dark)'))
  .reduce(([day, night], [more, darker]) => [`${day}${more}`, `${night}${darker}`], ['', '']) as [
  string,
  string,
]
const colours = (text: string) =>
  new Map(
    [...text.matchAll(/--([\w-]+):\s*(#[\da-f]{6})\b/gi)].map(([, name, hex]) => [name ?? '', hex ?? '']),
  )
const light = colours(day)
const dark = new Map([...light, ...colours(night)])

const text: [string, string][] = [
  ...['cream', 'paper', 'sand', 'ember-soft'].flatMap((on): [string, string][] => [
    ['ink', on],
    ['ink-soft', on],
  ]),
  ['on-ember', 'ember'],
  ['on-ember', 'ember-hover'],
  ['on-red', 'red'],
  ['ember-text', 'cream'],
  ['ember-text', 'paper'],
  ['ember-text', 'sand'],
  ['green', 'paper'],
  ['green', 'green-soft'],
  ['red', 'paper'],
  ['red', 'cream'],
  ['red', 'red-soft'],
  ['amber-text', 'amber'],
  ['bar-ink', 'bar'],
  ['bar-soft', 'bar'],
]
const shapes: [string, string][] = [
  ['edge', 'paper'],
  ['edge', 'cream'],
  ['edge', 'sand'],
  ['ember', 'bar'],
  ['amber-edge', 'amber'],
  ['focus', 'paper'],
  ['focus', 'cream'],
  ['focus', 'sand'],
  ['bar-focus', 'bar'],
  ...Array.from({ length: 10 }, (_, index): [string, string] => [`category-${index + 1}`, 'paper']),
  ...['efectivo', 'yape', 'plin', 'tarjeta', 'mixto'].map((name): [string, string] => [
    `pay-${name}`,
    'paper',
  ]),
]

describe.each([
  ['by day', light],
  ['by night', dark],
])('%s', (_, palette) => {
  test.each(text)('the text %s reads on %s', (front, back) => {
    expect(ratio(palette, front, back)).toBeGreaterThanOrEqual(4.5)
  })
  test.each(shapes)('the shape %s stands out on %s', (front, back) => {
    expect(ratio(palette, front, back)).toBeGreaterThanOrEqual(3)
  })
})

test('the ratio is the one of WCAG', () => {
  expect(
    ratio(
      new Map([
        ['a', '#000000'],
        ['b', '#ffffff'],
      ]),
      'a',
      'b',
    ),
  ).toBeCloseTo(21)
  expect(ratio(light, 'on-ember', 'ember')).toBeCloseTo(5.88, 2)
})

function ratio(palette: Map<string, string>, front: string, back: string): number {
  const [a, b] = [front, back].map((name) => {
    const hex = palette.get(name)
    if (!hex) throw new Error(`no token --${name}`)
    return luminance(hex)
  }) as [number, number]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
