import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The whole product as a person would start it: one process, its own database, its own folder. */
export type RunningApp = {
  landing: string
  app: string
  operator: string
  data: string
  process: ChildProcess
  stop: () => Promise<void>
}

const root = join(import.meta.dirname, '..', '..')

/** `command` is the program to run; by default the development bundle, which is the binary's own. */
export async function startApp(
  options: { data?: string; command?: string[]; env?: Record<string, string> } = {},
): Promise<RunningApp> {
  const data = options.data ?? mkdtempSync(join(tmpdir(), 'sk-'))
  const port = Number(options.env?.PORT ?? (await freePort()))
  const [program, ...args] = options.command ?? [process.execPath, join(root, 'dist', 'server.mjs')]
  const child = spawn(program ?? '', [...args, 'serve'], {
    env: { ...process.env, PORT: String(port), SMARTKET_DATA: data, DATABASE_URL: '', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout?.on('data', (chunk) => (output += chunk))
  child.stderr?.on('data', (chunk) => (output += chunk))
  await untilHealthy(`http://127.0.0.1:${port}/readyz`, child, () => output)
  return {
    landing: `http://localhost:${port}`,
    app: `http://app.localhost:${port}`,
    operator: `http://operador.localhost:${port}`,
    data,
    process: child,
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM')
        await once(child, 'exit')
      }
      if (!options.data) rmSync(data, { recursive: true, force: true })
    },
  }
}

async function untilHealthy(url: string, child: ChildProcess, output: () => string) {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (child.exitCode !== null) throw new Error(`the app ended with ${child.exitCode}:\n${output()}`)
    const answer = await fetch(url).catch(() => null)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`the app did not answer at ${url}:\n${output()}`)
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (!address || typeof address === 'string') throw new Error('no port')
  return address.port
}
