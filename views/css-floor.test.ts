import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

/**
 * Chrome 106, Firefox 102, Safari 15: an old till must draw what a new one draws. esbuild does not lower most of
 * this, so what is newer may not be written at all. The names come from MDN's browser-compat-data; adding one
 * here means having looked it up there.
 */
const atRules = ['import', 'media', 'supports', 'page', 'font-face', 'keyframes']
const units = [
  'px',
  'rem',
  'em',
  'ch',
  '%',
  'vh',
  'vw',
  'vmin',
  'vmax',
  's',
  'ms',
  'deg',
  'turn',
  'fr',
  'mm',
  'dppx',
]
const functions =
  'attr calc clamp cubic-bezier counter drop-shadow env fit-content linear-gradient max min minmax radial-gradient rect repeat rgb rgba rotate scale scaleX scaleY steps translate translateX translateY url var'
const pseudos =
  'active after autofill before checked defined disabled empty enabled file-selector-button first-child first-of-type focus focus-within hover invalid is last-child last-of-type link marker not nth-child nth-of-type only-child placeholder placeholder-shown read-only required root target visited where backdrop'
/** Newer than the floor, and the page is whole without it: then it must stand in a rule of its own. */
const extraPseudos = ['focus-visible', 'has', 'user-valid', 'user-invalid']
const newProperties =
  'align-tracks anchor-name animation-range animation-timeline container container-name container-type field-sizing inert interpolate-size margin-trim offset-path overlay rotate scale scroll-timeline text-box text-spacing-trim translate view-timeline view-transition-name word-break-phrase'

const words = (list: string) => new Set(list.split(' '))
const known = {
  atRules: new Set(atRules),
  units: new Set(units),
  functions: words(functions),
  pseudos: words(pseudos),
  newProperties: words(newProperties),
}

type Rule = { prelude: string; body: string; inside: string | undefined }

/** What in this sheet is newer than the floor, one line each. */
function tooNew(css: string): string[] {
  const plain = css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/"[^"]*"|'[^']*'/g, '""')
  const atProblems = [...plain.matchAll(/@([\w-]+)/g)]
    .map(([, name]) => name ?? '')
    .filter((name) => !known.atRules.has(name))
  return [...atProblems.map((name) => `@${name}`), ...rulesOf(plain).flatMap(problemsOf)]
}

function problemsOf({ prelude, body, inside }: Rule): string[] {
  if (prelude.startsWith('@')) return []
  const nested = inside !== undefined && !inside.startsWith('@') ? [`nesting: ${inside} ${prelude}`] : []
  return [...nested, ...selectorProblems(prelude), ...declarationProblems(prelude, body)]
}

function selectorProblems(prelude: string): string[] {
  const names = [...prelude.matchAll(/::?([a-z-]+)/g)].map(([, name]) => name ?? '')
  const unknown = names.filter(
    (name) => !name.startsWith('-') && !known.pseudos.has(name) && !extraPseudos.includes(name),
  )
  const parts = prelude.split(/,(?![^(]*\))/)
  const isExtra = (part: string) => extraPseudos.some((name) => new RegExp(`:${name}\\b`).test(part))
  // A browser drops the whole list for one selector that it does not know.
  const mixed =
    parts.some(isExtra) && !parts.every(isExtra) ? [`list mixed with a new selector: ${prelude}`] : []
  return [...unknown.map((name) => `:${name} in ${prelude}`), ...mixed]
}

function declarationProblems(prelude: string, body: string): string[] {
  return body.split(';').flatMap((declaration) => {
    const [, property = '', value = ''] = /^\s*([\w-]+)\s*:\s*([\s\S]*)$/.exec(declaration) ?? []
    const bare = value.replace(/#[\da-f]{3,8}\b/gi, '').replace(/--[\w-]+/g, '')
    const newFunctions = [...bare.matchAll(/([a-z][\w-]*)\(/gi)]
      .map(([, name]) => name ?? '')
      .filter((name) => !known.functions.has(name))
    const newUnits = [...bare.matchAll(/(?<![\w-])[\d.]+([a-z]+|%)/gi)]
      .map(([, unit]) => unit ?? '')
      .filter((unit) => !known.units.has(unit) && !(unit === 'dvh' && hasFallback(body, property)))
    const newProperty = known.newProperties.has(property) ? [property] : []
    return [...newProperty, ...newFunctions.map((n) => `${n}()`), ...newUnits].map(
      (what) => `${what} in ${prelude}`,
    )
  })
}

/** `height: 100vh; height: 100dvh`: whoever does not know the second keeps the first. */
const hasFallback = (body: string, property: string) =>
  (body.match(new RegExp(`(^|[;\\s])${property}\\s*:`, 'g')) ?? []).length > 1

function rulesOf(css: string, inside?: string): Rule[] {
  const rules: Rule[] = []
  let start = 0
  for (let at = 0; at < css.length; at++) {
    if (css[at] === ';') start = at + 1
    if (css[at] !== '{') continue
    const end = closing(css, at)
    const rule = { prelude: css.slice(start, at).trim(), body: css.slice(at + 1, end), inside }
    rules.push(rule, ...(rule.prelude.startsWith('@keyframes') ? [] : rulesOf(rule.body, rule.prelude)))
    at = end
    start = end + 1
  }
  return rules
}

function closing(css: string, open: number): number {
  let depth = 0
  for (let at = open; at < css.length; at++) {
    if (css[at] === '{') depth++
    if (css[at] === '}' && --depth === 0) return at
  }
  return css.length
}

const folder = join(import.meta.dirname, '../public/css')

describe('the oldest browsers of a counter draw every sheet', () => {
  for (const file of globSync('**/*.css', { cwd: folder })) {
    test(file, () => expect(tooNew(readFileSync(join(folder, file), 'utf8'))).toEqual([]))
  }
})

describe('the check itself notices', () => {
  test.each([
    ['nesting', '.a { .b { color: red } }', 'nesting: .a .b'],
    ['nesting with &', '.a { color: red; &:hover { color: red } }', 'nesting: .a &:hover'],
    ['color-mix', '.a { color: color-mix(in srgb, red, blue) }', 'color-mix() in .a'],
    ['oklch', '@media (min-width: 1px) { .a { color: oklch(1 0 0) } }', 'oklch() in .a'],
    ['a layer', '@layer base { .a { color: red } }', '@layer'],
    ['a container query', '@container (min-width: 1px) { .a { color: red } }', '@container'],
    ['dvh alone', '.a { height: 100dvh }', 'dvh in .a'],
    ['a list with :has', '.a, .b:has(c) { color: red }', 'list mixed with a new selector: .a, .b:has(c)'],
    ['a popover', '.a:popover-open { color: red }', ':popover-open in .a:popover-open'],
    ['a property', '.a { view-transition-name: a }', 'view-transition-name in .a'],
  ])('%s', (_, css, problem) => expect(tooNew(css)).toContain(problem))

  test('and leaves alone what falls back', () => {
    expect(tooNew('.a { height: 100vh; height: 100dvh } .a:has(b) { color: #1e1f2d }')).toEqual([])
  })
})
