import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { Step } from './install.ts'
import { systemUser } from './place.ts'

export type Done = { ok: true } | { ok: false; step: Step; found: string }

/**
 * One step after the other; the first that does not succeed ends it, and running it all again is safe. Below another
 * `root` (an image that is being made) files are written and nothing is run.
 */
export function install(steps: readonly Step[], root: string, say: (step: Step) => void): Done {
  for (const step of steps) {
    say(step)
    const found = take(step, root)
    if (found !== null) return { ok: false, step, found }
  }
  return { ok: true }
}

function take(step: Step, root: string): string | null {
  const isHere = root === '/'
  const at = (path: string) => (isHere ? path : join(root, path))
  switch (step.kind) {
    case 'user':
      return isHere ? makeUser(step.name, step.home) : null
    case 'folder':
      mkdirSync(at(step.path), { recursive: true, mode: step.mode })
      chmodSync(at(step.path), step.mode)
      if (isHere && step.owner === systemUser) chown(step.path)
      return null
    case 'file':
      return writeWhole(
        at(step.path),
        (draft) => writeFileSync(draft, step.text, { mode: step.mode }),
        step.mode,
      )
    case 'copy':
      return writeWhole(at(step.path), (draft) => copyFileSync(step.from, draft), step.mode)
    case 'link':
      return linkWhole(at(step.path), step.target)
    case 'kept':
      return null
    case 'run':
      return isHere ? ran(step.command) : null
    case 'sql':
      return isHere ? ran(['mariadb', '--protocol=socket'], `${step.statements.join(';\n')};\n`) : null
  }
}

/** A running executable cannot be written over, but another may take its name. */
function writeWhole(path: string, write: (draft: string) => void, mode: number): null {
  mkdirSync(dirname(path), { recursive: true })
  const draft = `${path}.new`
  rmSync(draft, { force: true })
  write(draft)
  chmodSync(draft, mode)
  renameSync(draft, path)
  return null
}

/** Never a moment without it: a restart in between would find nothing to start. */
export function linkWhole(path: string, target: string): null {
  const draft = `${path}.new`
  rmSync(draft, { force: true })
  symlinkSync(target, draft)
  renameSync(draft, path)
  return null
}

function makeUser(name: string, home: string): string | null {
  if (spawnSync('id', ['-u', name]).status === 0) return null
  return ran([
    'useradd',
    '--system',
    '--home-dir',
    home,
    '--shell',
    '/usr/sbin/nologin',
    '--user-group',
    name,
  ])
}

function chown(path: string): void {
  const [user, group] = ['-u', '-g'].map((which) =>
    Number(spawnSync('id', [which, systemUser], { encoding: 'utf8' }).stdout),
  )
  chownSync(path, user ?? 0, group ?? 0)
}

/** Statements with a secret go in by the standard input: a command line is read by everybody. */
function ran(command: readonly string[], input = ''): string | null {
  const [program = '', ...args] = command
  const { status, error, stderr, stdout } = spawnSync(program, args, { input, encoding: 'utf8' })
  if (status === 0) return null
  return error?.message ?? (`${stderr}${stdout}`.trim() || `ended with ${status}`)
}

/** What stands at these paths now; what is not there is left out. */
export function readFound(paths: readonly string[], root: string): Record<string, string> {
  return Object.fromEntries(
    paths.flatMap((path) => {
      try {
        return [[path, readFileSync(join(root, path), 'utf8')]]
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
        throw error
      }
    }),
  )
}
