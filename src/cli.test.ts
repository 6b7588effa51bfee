import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { run } from '#src/cli.ts'

let said = ''
beforeEach(() => {
  said = ''
  const keep = (text: string | Uint8Array) => {
    said += text
    return true
  }
  vi.spyOn(process.stdout, 'write').mockImplementation(keep)
  vi.spyOn(process.stderr, 'write').mockImplementation(keep)
  vi.spyOn(console, 'error').mockImplementation((text) => void keep(String(text)))
})
afterEach(() => vi.restoreAllMocks())

const smartket = (...args: string[]) => run(['node', 'smartket', ...args])

test('the version names the release and its commit', async () => {
  expect(await smartket('--version')).toBe(0)
  expect(said).toMatch(/^\d+\.\d+\.\d+ \(.+\)\n$/)
})

test.each([
  [['bogus']],
  [['tenants', 'show', 'Rosa']],
  [['migrate', '--tenant', '-1']],
  [['migrate', '--canary', '3,x']],
  [['padron', 'import']],
  [['serve', '--loud']],
  [['operators', 'create', 'olga', '--name', 'Olga']],
  [['operators', 'create', 'olga@smartket.test']],
  [['operators', 'create', 'olga@smartket.test', '--name', ' ']],
  [['operators', 'disable', 'x']],
])('wrong usage is 2, with a sentence: %s', async (args) => {
  expect(await smartket(...args)).toBe(2)
  expect(said.length).toBeGreaterThan(10)
})

test('jobs are listed for a person and for a machine', async () => {
  expect(await smartket('jobs', 'list')).toBe(0)
  expect(said).toMatch(/keep-spares/)
  said = ''
  expect(await smartket('jobs', 'list', '--json')).toBe(0)
  expect(JSON.parse(said)).toContainEqual({ name: 'keep-spares', cron: '* * * * *' })
})
