import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'

/**
 * Chrome 106, Firefox 102, Safari 15.0: esbuild lowers what is written new, never what is called new. The names
 * come from MDN's browser-compat-data; each is newer than one of the three.
 */
const tooNew: Record<string, RegExp> = {
  'at()': /\.at\(/,
  'Object.hasOwn': /\bObject\.hasOwn\(/,
  structuredClone: /\bstructuredClone\(/,
  'findLast()': /\.findLast(Index)?\(/,
  'toSorted() and its kin': /\.(toSorted|toReversed|toSpliced)\(|\]\.with\(/,
  'groupBy()': /\b(Object|Map)\.groupBy\(/,
  'Promise.withResolvers, Promise.try': /\bPromise\.(withResolvers|try)\(/,
  'Array.fromAsync': /\bArray\.fromAsync\(/,
  'isWellFormed()': /\.(isWellFormed|toWellFormed)\(/,
  'AbortSignal.timeout and any': /\bAbortSignal\.(timeout|any)\(/,
  'set arithmetic':
    /\.(union|intersection|difference|symmetricDifference|isSubsetOf|isSupersetOf|isDisjointFrom)\(/,
  'iterator helpers': /\.(keys|values|entries)\(\)\.(map|filter|take|drop|toArray|reduce|some|every|find)\(/,
  'showModal()': /\.showModal\(/,
  'a popover': /\.(showPopover|hidePopover|togglePopover)\(/,
  'scheduler, requestIdleCallback': /\b(scheduler\.|requestIdleCallback\()/,
  'a look-behind': /\(\?<[=!]/,
  'the v flag': /\/[a-z]*v[a-z]*\.(test|exec)\(/,
}

const problems = (source: string) =>
  Object.keys(tooNew).filter((name) => tooNew[name]?.test(source.replace(/^\s*(\/\/|\*|\/\*).*$/gm, '')))

const root = join(import.meta.dirname, '..', '..')

/** Everything that a browser runs: what the pages load and the shared rules behind it. */
function loaded(): string[] {
  const found = new Set<string>()
  const visit = (file: string) => {
    if (found.has(file) || !file.startsWith('src/')) return
    found.add(file)
    for (const [, spec = ''] of read(file).matchAll(
      /^(?:import|export)\s(?!type\b)[^'"]*?from\s+'([^']+)'/gm,
    ))
      visit(spec.startsWith('#') ? spec.slice(1) : relative(root, join(root, dirname(file), spec)))
  }
  for (const file of globSync('src/browser/*.ts', { cwd: root })) if (!file.endsWith('.test.ts')) visit(file)
  return [...found]
}

const read = (file: string) => readFileSync(join(root, file), 'utf8')

describe('the oldest browsers of a counter run every script', () => {
  test('and the test sees the shared rules too', () => {
    expect(loaded()).toContain('src/sales/order.ts')
    expect(loaded().length).toBeGreaterThan(40)
  })
  for (const file of loaded()) test(file, () => expect(problems(read(file))).toEqual([]))
})

describe('the check itself notices', () => {
  test.each([
    ['const last = list.at(-1)', 'at()'],
    ['Object.hasOwn(a, b)', 'Object.hasOwn'],
    ['list.toSorted()', 'toSorted() and its kin'],
    ["/(?<=a)b/.test('ab')", 'a look-behind'],
  ])('%s', (source, name) => expect(problems(source)).toEqual([name]))
})
