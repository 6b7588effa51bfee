import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { EmbeddedProblem, prepare } from './embedded-place.ts'

let folder: string
/** Too deep for a socket of its own. */
let deep: string
/** Where its socket lies instead. */
let home: string
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'sk-place-')))
  deep = join(folder, 'a'.repeat(60), 'b'.repeat(60))
  home = join(folder, 'far')
  mkdirSync(join(deep, 'mariadb'), { recursive: true })
  writeFileSync(join(deep, 'mariadb', 'socket-is-at'), `${join(home, 'socket')}\n`)
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true, force: true })
})

describe('the folder of a far socket', () => {
  test('is made for us alone, and found again', () => {
    for (let i = 0; i < 2; i++) expect(prepare(deep).socketPath).toBe(join(home, 'socket'))
    expect(statSync(home).mode & 0o777).toBe(0o700)
  })

  test('that others may enter is refused', () => {
    mkdirSync(home)
    chmodSync(home, 0o755)
    expect(() => prepare(deep)).toThrow(EmbeddedProblem)
    expect(() => prepare(deep)).toThrow('not ours alone')
  })

  test('that is a link is refused, wherever it leads', () => {
    mkdirSync(join(folder, 'elsewhere'), { mode: 0o700 })
    symlinkSync(join(folder, 'elsewhere'), home)
    expect(() => prepare(deep)).toThrow(EmbeddedProblem)
  })

  test("that is a stranger's is refused", () => {
    mkdirSync(home, { mode: 0o700 })
    vi.spyOn(process, 'getuid').mockReturnValue(statSync(home).uid + 1)
    expect(() => prepare(deep)).toThrow(EmbeddedProblem)
  })

  test('that is a file is told in a sentence', () => {
    writeFileSync(home, '')
    expect(() => prepare(deep)).toThrow(EmbeddedProblem)
  })
})
