/**
 * Every check of the project, one after the other; ./scripts/test prepares the machine and calls this.
 * A check that fails does not keep the later ones from running. The last line counts them all.
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { smokeTest } from './smoke.ts'

const root = join(import.meta.dirname, '..')
const binaries = join(root, 'node_modules/.bin')
const node = join(root, 'node_modules/node/bin/node')
const scratch = mkdtempSync(join(tmpdir(), 'sk-test-'))
const environment = cleanEnvironment()

/** A quarter of an hour is what it should take; whatever hangs, this is the end, also on a slow machine. */
const deadline = performance.now() + 35 * 60_000

type Counts = { passed: number; failed: number; skipped: number }
const total: Counts = { passed: 0, failed: 0, skipped: 0 }

try {
  await single('lint and format', () => run(join(binaries, 'biome'), ['ci', '--max-diagnostics=40', '.'], 2))
  await single('types', () => run(join(binaries, 'tsc'), ['--noEmit', '-p', '.'], 3))
  const isBuilt = await single('build', () => run(node, ['scripts/build/server.ts'], 2))
  await suite('unit and integration', ['--config', 'vitest.config.ts'], 22)
  if (isBuilt) {
    const executable = join(root, 'dist/smartket')
    const isBinary = await single('one executable', () => run(node, ['scripts/build/binary.ts'], 2))
    if (isBinary) {
      await single('the executable, built again, is the same', () => isReproducible(executable))
      await single('the executable runs', () => smokeTest(executable, environment))
      environment.JOURNEY_PROGRAM = executable
    }
    await suite('journeys in a browser, on the executable', ['--config', 'vitest.e2e.config.ts'], 14)
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`)
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0

/** From the same sources and the same lock file come the same bytes: anybody can check what runs on a server. */
async function isReproducible(executable: string): Promise<boolean> {
  const sum = () => createHash('sha256').update(readFileSync(executable)).digest('hex')
  const before = sum()
  if (!(await run(node, ['scripts/build/binary.ts'], 2))) return false
  if (sum() === before) return true
  console.log('the second executable differs from the first')
  return false
}

/** One check that counts as one. */
async function single(name: string, check: () => Promise<boolean>): Promise<boolean> {
  const isGood = await timed(name, async () => {
    const passed = await check().catch((error: unknown) => {
      console.log(error instanceof Error ? error.message : error)
      return false
    })
    return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 }
  })
  return isGood
}

/** Many checks that vitest counts itself; a run without a report is one that failed. */
async function suite(name: string, args: string[], minutes: number): Promise<void> {
  await timed(name, async () => {
    const report = join(scratch, `${name}.json`)
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const isGood = await run(node, ['node_modules/vitest/vitest.mjs', 'run', ...args, ...reporters], minutes)
    const counts = readReport(report)
    // Something outside of any test went wrong, such as an error that nobody caught.
    if (!isGood && counts.failed === 0) counts.failed = 1
    return counts
  })
}

async function timed(name: string, check: () => Promise<Counts>): Promise<boolean> {
  console.log(`── ${name}`)
  const started = performance.now()
  const counts = await check()
  total.passed += counts.passed
  total.failed += counts.failed
  total.skipped += counts.skipped
  const seconds = ((performance.now() - started) / 1_000).toFixed(1)
  console.log(`── ${name}: ${counts.failed > 0 ? `FAILED (${counts.failed})` : 'passed'}, ${seconds} s\n`)
  return counts.failed === 0
}

type Report = {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: { status: string; assertionResults: unknown[] }[]
}

function readReport(path: string): Counts {
  try {
    const report = JSON.parse(readFileSync(path, 'utf8')) as Report
    // A file that cannot even be loaded has no tests to count, and is a failure all the same.
    const unloaded = report.testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.length === 0,
    )
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + unloaded.length,
      skipped: report.numPendingTests + report.numTodoTests,
    }
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

/** True when it ends well within its time. Its own process group: what it started goes with it. */
function run(command: string, args: string[], minutes: number): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: environment,
      detached: true,
    })
    const kill = (signal: NodeJS.Signals) => {
      try {
        if (child.pid) process.kill(-child.pid, signal)
      } catch {
        // It has just ended.
      }
    }
    let forced: NodeJS.Timeout | undefined
    const milliseconds = Math.max(1_000, Math.min(minutes * 60_000, deadline - performance.now()))
    const limit = setTimeout(() => {
      console.log(`stopped after ${Math.round(milliseconds / 1_000)} s: that is too long`)
      kill('SIGTERM')
      forced = setTimeout(() => kill('SIGKILL'), 15_000)
    }, milliseconds)
    const interrupted = () => {
      kill('SIGTERM')
      process.exitCode = 1
    }
    process.on('SIGINT', interrupted).on('SIGTERM', interrupted)
    child.once('error', (error) => {
      console.log(error.message)
      finish(false)
    })
    child.once('exit', (code) => finish(code === 0))
    function finish(isGood: boolean) {
      clearTimeout(limit)
      clearTimeout(forced)
      process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
      resolve(isGood)
    }
  })
}

/** The checks are the same whatever the person's own SmartKet is set to. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) =>
      !name.startsWith('SMARTKET_') && !['PORT', 'DATABASE_URL', 'LISTEN_FDS', 'LISTEN_PID'].includes(name),
  )
  const path = `${join(root, 'node_modules/node/bin')}:${process.env.PATH}`
  // What the checks leave behind goes with the folder, whoever was killed.
  return { ...Object.fromEntries(own), PATH: path, TMPDIR: scratch }
}
