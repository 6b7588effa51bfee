/** A demo of its own on a free port, in a folder that goes away with it. */
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

export type Demo = { app: string; landing: string; email: string; password: string; stop(): Promise<void> }

const root = join(import.meta.dirname, '..')

export async function startDemo(): Promise<Demo> {
  const port = await freePort()
  const data = mkdtempSync(join(tmpdir(), 'smartket-pictures-'))
  const child = spawn(join(root, 'scripts/start'), ['--demo'], {
    env: { ...process.env, PORT: String(port), SMARTKET_DATA: data },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const stop = async () => {
    if (child.exitCode === null) {
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
    rmSync(data, { recursive: true, force: true })
  }
  try {
    const said = await untilItServes(child)
    const email = /\S+@\S+/.exec(said)?.[0]
    const password = /pollo-[0-9a-f]+/.exec(said)?.[0]
    if (!email || !password) throw new Error(`the demo did not say how to sign in:\n${said}`)
    return { app: `http://app.localhost:${port}`, landing: `http://localhost:${port}`, email, password, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The addresses are the last thing that `start` prints; what comes later is read and forgotten. */
function untilItServes(child: ChildProcessByStdio<null, Readable, null>): Promise<string> {
  let said = ''
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      said += chunk
      if (/app\.localhost:\d+/.test(said) && /pollo-[0-9a-f]+/.test(said)) resolve(said)
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the demo ended with ${code}:\n${said}`)))
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
