import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'

// The rules of the map in README.md, checked. If this fails, move the code; do not edit the rule.

const root = join(import.meta.dirname, '..')
const files = ['src', 'views']
  .flatMap((dir) =>
    readdirSync(join(root, dir), { recursive: true, encoding: 'utf8' }).map((f) => `${dir}/${f}`),
  )
  .filter((f) => /\.tsx?$/.test(f) && !/\.(test|e2e)\.tsx?$/.test(f))

type Edge = { from: string; to: string; typeOnly: boolean }
const edges: Edge[] = files.flatMap((from) =>
  [
    ...readFileSync(join(root, from), 'utf8').matchAll(
      /^(?:import|export)\s+(type\s)?[^'"]*?from\s+'([^']+)'|^.*?\bimport\('([^']+)'\)/gm,
    ),
  ].map(([, type, spec, lazy]) => ({ from, typeOnly: Boolean(type), to: resolve(from, spec ?? lazy ?? '') })),
)

function resolve(from: string, spec: string) {
  if (spec.startsWith('#')) return spec.slice(1)
  return spec.startsWith('.') ? relative(root, join(root, dirname(from), spec)) : spec
}

const offenders = (bad: (e: Edge) => boolean) => edges.filter(bad).map((e) => `${e.from} → ${e.to}`)
const fixedName = /\/(form|queries|actions|texts|routes)\.tsx?$/

// In a feature folder a file without one of the fixed names holds rules, unless it says that it does more.
const works =
  /^src\/(db|http|browser|jobs|demo)\/|^src\/[\w-]+\.tsx?$|\.worker\.ts$|^src\/lib\/assets\.ts$|^src\/(accounts\/(mailer|mails)|ruc\/(import|padron[\w-]*|http-provider)|tenants\/spares)/
const isRule = (f: string) =>
  f.startsWith('src/') && f.endsWith('.ts') && !fixedName.test(f) && !works.test(f)

test('the test itself sees the house', () => {
  expect(files.length).toBeGreaterThan(60)
  expect(edges.length).toBeGreaterThan(200)
})

test('rules know nothing about HTTP, SQL or HTML', () => {
  expect(
    offenders(
      (e) => isRule(e.from) && !e.typeOnly && /^(hono|mysql2|drizzle-orm|views\/|src\/http\/)/.test(e.to),
    ),
  ).toEqual([])
})

test('views only show what they are given', () => {
  expect(
    offenders(
      (e) =>
        e.from.startsWith('views/') &&
        !e.typeOnly &&
        /^src\/(db|http)\/|\/(queries|actions|routes)\.tsx?$/.test(e.to),
    ),
  ).toEqual([])
})

test('SQL does not know about HTTP or views', () => {
  expect(offenders((e) => /\/(queries|actions)\.ts$/.test(e.from) && /^(hono|views\/)/.test(e.to))).toEqual(
    [],
  )
})

test('http asks features for rules and queries only', () => {
  expect(
    offenders(
      (e) =>
        e.from.startsWith('src/http/') &&
        !e.typeOnly &&
        /^src\/(?!db|lib|http)\w+\/(actions|routes|form)\.tsx?$/.test(e.to),
    ),
  ).toEqual([])
})

test('only src/db opens connections', () => {
  expect(offenders((e) => !e.typeOnly && /^mysql2/.test(e.to) && !e.from.startsWith('src/db/'))).toEqual([])
})

test('lucia stays behind one file', () => {
  expect(offenders((e) => /lucia/.test(e.to) && e.from !== 'src/http/session.ts')).toEqual([])
})

test('only config.ts reads the environment', () => {
  const readers = files.filter((f) => /\bprocess\.env\b/.test(readFileSync(join(root, f), 'utf8')))
  expect(readers).toEqual(['src/config.ts'])
})

test("nobody imports another feature's routes but the mount table", () => {
  expect(offenders((e) => /\/routes\.tsx$/.test(e.to) && e.from !== 'src/app.tsx')).toEqual([])
})

test('no import cycles', () => {
  const next = new Map<string, string[]>()
  for (const e of edges) if (!e.typeOnly) next.set(e.from, [...(next.get(e.from) ?? []), e.to])
  const cycles = new Set<string>()
  const done = new Set<string>()
  const visit = (file: string, path: string[]) => {
    if (path.includes(file)) {
      cycles.add([...path.slice(path.indexOf(file)), file].join(' → '))
      return
    }
    if (done.has(file)) return
    for (const to of next.get(file) ?? []) if (files.includes(to)) visit(to, [...path, file])
    done.add(file)
  }
  for (const f of files) visit(f, [])
  expect([...cycles]).toEqual([])
})
