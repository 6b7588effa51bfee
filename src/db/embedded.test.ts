import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createConnection } from 'mysql2/promise'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Embedded, EmbeddedProblem, startEmbedded } from './embedded.ts'
import { findServerOf, isAlive, markOf, until } from './embedded-process.ts'

let folder: string
const running: (Embedded | ChildProcess)[] = []
beforeEach(() => {
  // With a space and more than ASCII, as people name their folders.
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'caja de ñandú-')))
})
afterEach(async () => {
  for (const one of running.splice(0).reverse()) {
    if ('stop' in one) await one.stop()
    else if (one.exitCode === null && one.signalCode === null) await end(one, 'SIGKILL')
  }
  const left = server()
  if (left !== null) process.kill(left, 'SIGKILL')
  await until(() => server() === null, 10)
  rmSync(folder, { recursive: true, force: true })
})

const server = (at = folder) => findServerOf(join(at, 'mariadb', 'data'))

async function start(...args: Parameters<typeof startEmbedded>): Promise<Embedded> {
  const embedded = await startEmbedded(...args)
  running.push(embedded)
  return embedded
}

async function ask(embedded: Embedded, sql: string): Promise<unknown[]> {
  const connection = await createConnection(embedded.address)
  try {
    const [rows] = await connection.query({ sql, rowsAsArray: true })
    return rows as unknown[]
  } finally {
    await connection.end()
  }
}

/** Another process that starts the database, says so, and lets go of it on SIGTERM. */
async function another(role: 'serve' | 'command'): Promise<ChildProcess> {
  const code = `
    import { startEmbedded } from ${JSON.stringify(join(import.meta.dirname, 'embedded.ts'))}
    const embedded = await startEmbedded(${JSON.stringify(folder)}, { role: '${role}' })
    process.once('SIGTERM', async () => { await embedded.stop(); process.exit(0) })
    setInterval(() => {}, 1000)
    console.log(embedded.owned ? 'owner' : 'guest')`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.push(child)
  const [said] = await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])
  expect(String(said)).toMatch(/owner|guest/)
  return child
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}

test('the first start makes a database that speaks utf8mb4, keeps a log and listens on no network', async () => {
  const embedded = await start(folder)
  expect(embedded.owned).toBe(true)
  const asked = 'collation_server, tx_isolation, log_bin, sync_binlog, time_zone, skip_networking'
  expect(await ask(embedded, `select @@${asked.replaceAll(', ', ', @@')}`)).toEqual([
    ['utf8mb4_unicode_520_ci', 'READ-COMMITTED', 1, 1, '+00:00', 1],
  ])
  expect(await ask(embedded, "select User from mysql.global_priv where User = ''")).toEqual([])
  expect(statSync(join(folder, 'mariadb')).mode & 0o777).toBe(0o700)
})

test('stopping leaves no process, no lock and no socket, and what was written is there the next time', async () => {
  const first = await start(folder)
  await ask(first, 'create database kept')
  await first.stop()
  expect(server()).toBeNull()
  expect(readdirSync(join(folder, 'mariadb')).toSorted()).toEqual(['data', 'mariadbd.log', 'tmp'])
  const second = await start(folder)
  expect(await ask(second, "show databases like 'kept'")).toEqual([['kept']])
})

test('a command that finds the server running attaches and leaves it running', async () => {
  await another('serve')
  const pid = server()
  const guest = await start(folder)
  expect(guest.owned).toBe(false)
  expect(await ask(guest, 'select 1')).toEqual([[1]])
  await guest.stop()
  expect(server()).toBe(pid)
})

test('after kill -9 of its owner the next start takes the same server over, and stops it at its end', async () => {
  const owner = await another('serve')
  const pid = server()
  await end(owner, 'SIGKILL')
  expect(server()).toBe(pid)
  const next = await start(folder, { role: 'serve' })
  expect(next.owned).toBe(true)
  expect(server()).toBe(pid)
  expect(await ask(next, 'select 1')).toEqual([[1]])
  await next.stop()
  expect(server()).toBeNull()
})

test('kill -9 of owner and server together leaves nothing that stops the next start', async () => {
  const owner = await another('serve')
  const mark = markOf(server()!)!
  await end(owner, 'SIGKILL')
  process.kill(mark.pid, 'SIGKILL')
  await until(() => !isAlive(mark), 10)
  const next = await start(folder)
  expect(next.owned).toBe(true)
  expect(await ask(next, 'select 1')).toEqual([[1]])
})

test('a set-up that was cut in the middle is thrown away and made again', async () => {
  const half = join(folder, 'mariadb', 'data.new.12345')
  mkdirSync(half, { recursive: true })
  writeFileSync(join(half, 'ibdata1'), 'half')
  writeFileSync(join(folder, 'mariadb', 'lock'), '{"pid":')
  const embedded = await start(folder)
  expect(await ask(embedded, 'select 1')).toEqual([[1]])
  expect(existsSync(half)).toBe(false)
})

test('a second serve on the same folder is refused with a sentence', async () => {
  await another('serve')
  await expect(startEmbedded(folder, { role: 'serve' })).rejects.toThrow(EmbeddedProblem)
  await expect(startEmbedded(folder, { role: 'serve' })).rejects.toThrow(/already running/)
})

test('serve waits until a short command has let go of the database, and says so', async () => {
  const command = await another('command')
  const waitedFor: number[] = []
  const serving = start(folder, { role: 'serve', onWait: (owner) => waitedFor.push(owner.pid) })
  await until(() => waitedFor.length > 0, 10)
  expect(waitedFor).toEqual([command.pid])
  await end(command, 'SIGTERM')
  expect((await serving).owned).toBe(true)
})

test('a serve that waits can be told to give up', async () => {
  await another('command')
  const signal = AbortSignal.timeout(200)
  await expect(startEmbedded(folder, { role: 'serve', signal })).rejects.toThrow(/abort|timeout/i)
})

test('of two commands at once the last one out stops the database', async () => {
  const first = await another('command')
  const second = await start(folder)
  expect(second.owned).toBe(false)
  await end(first, 'SIGTERM')
  expect(await ask(second, 'select 1')).toEqual([[1]])
  await second.stop()
  expect(server()).toBeNull()
})

test('ten starts at once share one server', async () => {
  const all = await Promise.all(Array.from({ length: 10 }, () => another('command')))
  const pids = new Set(all.map(() => server()))
  expect(pids.size).toBe(1)
  await Promise.all(all.map((child) => end(child, 'SIGTERM')))
  expect(server()).toBeNull()
})

test('a folder too deep for a socket keeps its socket elsewhere', async () => {
  const deep = join(folder, 'a'.repeat(60), 'b'.repeat(60))
  const embedded = await start(deep)
  expect(embedded.address.socketPath.length).toBeLessThan(100)
  expect(statSync(join(embedded.address.socketPath, '..')).mode & 0o777).toBe(0o700)
  expect(await ask(embedded, 'select 1')).toEqual([[1]])
  await embedded.stop()
  rmSync(join(embedded.address.socketPath, '..'), { recursive: true })
})

test('a folder that is damaged says why it does not start', async () => {
  mkdirSync(join(folder, 'mariadb', 'data'), { recursive: true })
  await expect(startEmbedded(folder)).rejects.toThrow(/MariaDB did not start .*mariadbd\.log/)
  expect(server()).toBeNull()
})
