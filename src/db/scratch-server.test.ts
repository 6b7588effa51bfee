import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mysql from 'mysql2/promise'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findServerOf, until } from './embedded-process.ts'
import { type ScratchServer, startScratchServer } from './scratch-server.ts'

let folder: string
let server: ScratchServer | null

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sk-s-'))
  server = null
})
afterEach(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const ask = async (running: ScratchServer, question: string) => {
  const connection = await mysql.createConnection(running.address)
  try {
    return (await connection.query(question))[0]
  } finally {
    connection.destroy()
  }
}
const serverIn = () => {
  const [name] = readdirSync(folder)
  return name ? findServerOf(join(folder, name, 'data')) : null
}

test('a server of its own: no binary log, no way to a file, and nothing left of it', async () => {
  server = await startScratchServer(folder, { isQuiet: true })
  expect(
    await ask(server, 'select @@log_bin as log, @@local_infile as files, @@version like "%Maria%" as m'),
  ).toEqual([{ log: 0, files: 0, m: 1 }])
  await ask(server, 'create database db_cliente_1')
  await server.stop()
  expect(readdirSync(folder)).toEqual([])
})

test('a folder far down keeps its socket near', async () => {
  const deep = join(folder, 'x'.repeat(60), 'y'.repeat(40))
  server = await startScratchServer(deep)
  expect(Buffer.byteLength(server.address.socketPath)).toBeLessThan(107)
  expect(await ask(server, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('with too little memory nothing is started', async () => {
  const little = startScratchServer(folder, { freeMemory: () => 100 * 1024 ** 2 })
  await expect(little).rejects.toThrow('needs 480 MB of free memory, and there are 100 MB')
  expect(readdirSync(folder)).toEqual([])
})

test('who changes his mind leaves nothing running', async () => {
  const stop = new AbortController()
  const starting = startScratchServer(folder, { signal: stop.signal })
  stop.abort(new Error('enough'))
  await expect(starting).rejects.toThrow('enough')
  expect(readdirSync(folder)).toEqual([])
})

test('kill -9 of us ends it too, and the next start sweeps the folder', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', dyingMaker(folder)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise((ready) => child.stdout.once('data', ready))
  expect(serverIn()).not.toBeNull()
  child.kill('SIGKILL')
  expect(await until(() => serverIn() === null, 10)).toBe(true)
  const [left] = readdirSync(folder)
  server = await startScratchServer(folder)
  expect(existsSync(join(folder, left ?? ''))).toBe(false)
})

test('a folder of which nobody says whose it is goes when it is old', async () => {
  mkdirSync(join(folder, 'scratch-half'))
  writeFileSync(join(folder, 'kept.txt'), '')
  server = await startScratchServer(folder)
  expect(readdirSync(folder)).toContain('scratch-half')
  expect(readdirSync(folder)).toContain('kept.txt')
})

const dyingMaker = (folder: string) => `
  const { startScratchServer } = await import(${JSON.stringify(join(import.meta.dirname, 'scratch-server.ts'))})
  await startScratchServer(${JSON.stringify(folder)})
  console.log('ready')
  setInterval(() => {}, 1000)
`
