import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

/**
 * JSX accepts any attribute and htmx ignores the ones that it does not know: a typing mistake is a button that
 * silently reloads the page. The names are the installed version's own.
 */
const root = join(import.meta.dirname, '..')
const webTypes: { contributions: { html: { attributes: { name: string }[] } } } = JSON.parse(
  readFileSync(join(root, 'node_modules/htmx.org/dist/editors/jetbrains/htmx.web-types.json'), 'utf8'),
)
const known = new Set(webTypes.contributions.html.attributes.map(({ name }) => name))

/** What our content security policy would block, or what HTMX.md forbids, and why. */
const forbidden: [RegExp, string][] = [
  [/\bhx-on\b/, 'hx-on is inline script'],
  [/\bhx-boost\b/, 'no boost: native navigation'],
  [/\bhx-vals=\{?["'`]js:/, 'js: needs unsafe-eval'],
  [/\bhx-trigger=\{?["'`][^"'`]*\[/, 'a filter in [ ] needs unsafe-eval'],
  [/\bhx-sync=\{?["'`][^:"'`]*["'`]/, 'hx-sync without a strategy queues the second click'],
  [/\sstyle=/, 'an inline style'],
  [/\son[a-z]+=/, 'an inline handler'],
  [/<style\b|<script>/, 'inline style or script'],
]

function problemsIn(source: string): string[] {
  const names = [...source.matchAll(/(?<![\w"'`-])(hx-[a-z-]+)(?::[a-z:]+)?(?=[=\s/>])/g)].map(
    ([, name]) => name ?? '',
  )
  const unknown = names.filter((name) => !known.has(name)).map((name) => `htmx has no ${name}`)
  return [...unknown, ...forbidden.filter(([pattern]) => pattern.test(source)).map(([, why]) => why)]
}

/** Comments may say anything. */
const code = (file: string) =>
  readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|(?<![:"'`])\/\/.*$/gm, '')

/** Not a page of ours: kept as a file and opened without us, so it carries its own stylesheet. */
const keptAsFiles = ['views/exports/ticket-file.tsx']

describe('views say to htmx only what it understands and the policy allows', () => {
  const pages = globSync('views/**/*.tsx', { cwd: root }).filter(
    (name) => !name.includes('.test.') && !keptAsFiles.includes(name),
  )
  for (const file of pages) {
    test(file, () => expect(problemsIn(code(file))).toEqual([]))
  }
})

describe('the check itself notices', () => {
  test.each([
    ['<form hx-pots="/ventas">', 'htmx has no hx-pots'],
    ['<form hx-disabled-elt="find button">', 'htmx has no hx-disabled-elt'],
    ['<form hx-sync="this">', 'hx-sync without a strategy queues the second click'],
    ['<p style="color: red">', 'an inline style'],
    ['<button onclick={go}>', 'an inline handler'],
  ])('%s', (source, problem) => expect(problemsIn(source)).toContain(problem))

  test('and leaves alone what is right', () => {
    const right =
      '<form hx-post={url} hx-target:inherited="#list" hx-sync="this:drop" hx-disable="find button">'
    expect(problemsIn(right)).toEqual([])
  })
})
