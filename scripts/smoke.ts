import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

/**
 * The executable alone, in an empty folder, as on a new server: says its version, serves, answers, and
 * on SIGTERM goes away with its database. Throws with a sentence at the first thing that is not so.
 */
export async function smokeTest(executable: string, environment: NodeJS.ProcessEnv): Promise<true> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'smartket-smoke-')))
  try {
    const { stdout } = await promisify(execFile)(executable, ['--version'], { cwd: folder, env: environment })
    if (!/^\d+\.\d+\.\d+ /.test(stdout)) throw new Error(`--version said: ${stdout}`)
    await serveAndStop(executable, folder, environment)
    return true
  } finally {
    for (const pid of processesOn(folder)) process.kill(pid, 'SIGKILL')
    await sleep(100)
    rmSync(folder, { recursive: true, force: true })
  }
}

async function serveAndStop(
  executable: string,
  folder: string,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const port = await freePort()
  const child = spawn(executable, ['serve'], {
    cwd: folder,
    env: { ...environment, PORT: String(port), SMARTKET_DATA: join(folder, 'var') },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stdout.on('data', (text) => {
    said += text
  })
  child.stderr.on('data', (text) => {
    said += text
  })
  const ended = once(child, 'exit')
  try {
    await answers(`http://127.0.0.1:${port}/healthz`, () => child.exitCode !== null)
    const landing = await fetch(`http://localhost:${port}/`)
    const page = await landing.text()
    if (landing.status !== 200 || !page.includes('SmartKet')) throw new Error(`/ answered ${landing.status}`)
    const style = /href="(\/assets\/[^"]+\.css)"/.exec(page)?.[1]
    if (!style) throw new Error('/ names no style sheet')
    const asset = await fetch(`http://localhost:${port}${style}`)
    if (asset.status !== 200) throw new Error(`${style} answered ${asset.status}`)
    child.kill('SIGTERM')
    const inTime = await Promise.race([ended, sleep(20_000)])
    if (!inTime) throw new Error('it did not stop within 20 s of SIGTERM')
    if (child.exitCode !== 0) throw new Error(`it ended with ${child.exitCode ?? child.signalCode}`)
    const left = processesOn(folder)
    if (left.length > 0) throw new Error(`it left processes behind: ${left.join(' ')}`)
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${said}`)
  } finally {
    child.kill('SIGKILL')
  }
}

async function answers(url: string, hasEnded: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 600 && !hasEnded(); attempt++) {
    const answer = await fetch(url).catch(() => null)
    if (answer?.ok) return
    await sleep(100)
  }
  throw new Error(`${url} did not answer`)
}

/** Whatever still works on that folder. */
function processesOn(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder)
      } catch {
        return false
      }
    })
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (!address || typeof address === 'string') throw new Error('no free port')
  return address.port
}
