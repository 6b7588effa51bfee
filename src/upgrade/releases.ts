import { execFile } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { releaseName } from '#src/install/place.ts'
import { type Brought, parseRelease, type Release, type Switch } from './upgrade.ts'

/** The executables that stand side by side in one folder, and the link that says which one runs. */
export type Home = { releases: string; current: string; dataFolder: string }

const run = promisify(execFile)
const answerMs = 20_000

export const programOf = (home: Home, release: Release) =>
  join(home.releases, releaseName(release.version, release.commit), 'smartket')

/** What an executable says that it is; null for anything that is not ours, or not for this machine. */
export async function askRelease(program: string): Promise<Release | null> {
  try {
    const { stdout } = await run(program, ['--version'], { timeout: answerMs })
    return parseRelease(stdout)
  } catch {
    return null
  }
}

const dryRun = z.object({
  sql: z.array(
    z.object({ name: z.string(), readsFrom: z.string().nullable(), contract: z.string().nullable() }),
  ),
})

/** What it would change of the databases here, as it says itself. */
export async function askBrought(program: string): Promise<Brought[]> {
  const { stdout } = await run(program, ['migrate', '--dry-run', '--json'], { maxBuffer: 256_000_000 })
  return dryRun
    .parse(JSON.parse(stdout))
    .sql.map(({ name, readsFrom, contract }) => ({ name, readsFrom, contract }))
}

/** Canary first, by the new release itself. Its own words when it fails. */
export async function migrateBy(program: string): Promise<{ ok: true } | { ok: false; found: string }> {
  try {
    await run(program, ['migrate', '--json'], { maxBuffer: 256_000_000 })
    return { ok: true }
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string }
    return { ok: false, found: `${stdout}${stderr}`.trim() || message }
  }
}

/** Beside the others, whole before it has its name. */
export function keepRelease(home: Home, release: Release, file: string): void {
  const target = programOf(home, release)
  if (existsSync(target)) return
  mkdirSync(dirname(target), { recursive: true, mode: 0o755 })
  copyFileSync(file, `${target}.new`)
  chmodSync(`${target}.new`, 0o755)
  renameSync(`${target}.new`, target)
}

/** Never a moment without the link: a restart in between finds the old one or the new one. */
export function pointTo(home: Home, release: Release): void {
  const draft = `${home.current}.new`
  rmSync(draft, { force: true })
  symlinkSync(dirname(programOf(home, release)), draft)
  renameSync(draft, home.current)
}

const stateFile = (home: Home) => join(home.dataFolder, 'upgrade.json')

export function readSwitch(home: Home): Switch | null {
  try {
    return JSON.parse(readFileSync(stateFile(home), 'utf8')) as Switch
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

export function writeSwitch(home: Home, state: Switch): void {
  writeFileSync(`${stateFile(home)}.new`, `${JSON.stringify(state, null, 1)}\n`, { mode: 0o600 })
  renameSync(`${stateFile(home)}.new`, stateFile(home))
}
