import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { partBytes } from '#src/backups/store/checksum.ts'
import { openStore } from '#src/backups/store/s3.ts'
import { collected, opened, sealed } from '#src/backups/store/seal.ts'
import type { StoreConfig } from '#src/config.ts'
import { operatorKey, startStore, type TestStore } from './support/store.ts'
import { type StoreStub, startStoreStub } from './support/store-stub.ts'

// The store's own client against a real S3 server, and against one that misbehaves.

let server: TestStore
let stub: StoreStub
let config: StoreConfig
const folder = mkdtempSync(join(tmpdir(), 'sk-store-'))
beforeAll(async () => {
  server = await startStore()
  stub = await startStoreStub(server.port)
  config = await server.bucket({ url: stub.url })
}, 300_000)
afterEach(() => {
  stub.trouble = () => null
  stub.seen = []
})
afterAll(async () => {
  await stub?.stop()
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const store = (changes: Partial<StoreConfig> = {}, idleMs = 10_000) =>
  openStore({ ...config, ...changes }, { connectMs: 2_000, idleMs, requestMs: 20_000, attempts: 3 })
/** Three parts. */
const largeBytes = 2.5 * partBytes
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const bytesOf = (bytes: Buffer) => Readable.from([bytes])

test('a small copy arrives whole, is listed with its size, and comes back as it was', async () => {
  const small = randomBytes(40_000)
  const there = await store()
  expect(await there.put('nights/a/small.age', bytesOf(small), { tag: 'abc' })).toMatchObject({
    bytes: 40_000,
    sha256: sha256(small),
  })
  expect(await there.head('nights/a/small.age')).toMatchObject({ bytes: 40_000, tag: 'abc' })
  expect(await collected(there.get('nights/a/small.age'))).toEqual(small)
  await there.copy('nights/a/small.age', 'nights/b/small.age')
  expect(await there.head('nights/b/small.age')).toMatchObject({ bytes: 40_000, tag: 'abc' })
  expect((await there.list('nights/')).map(({ key, bytes }) => [key, bytes])).toEqual([
    ['nights/a/small.age', 40_000],
    ['nights/b/small.age', 40_000],
  ])
  await there.remove('nights/a/small.age')
  expect(await there.head('nights/a/small.age')).toBeNull()
  expect(Math.abs((await there.now()).getTime() - Date.now())).toBeLessThan(60_000)
})

test('a large copy goes in parts, each with its checksum, and an empty one in none', async () => {
  const large = randomBytes(largeBytes)
  const exact = randomBytes(partBytes)
  const there = await store()
  for (const body of [large, exact, Buffer.alloc(0)]) {
    stub.seen = []
    await there.put('parts', bytesOf(body))
    expect(stub.seen.filter((one) => one.startsWith('PUT'))).toHaveLength(body === large ? 3 : 1)
    expect(sha256(await collected(there.get('parts')))).toBe(sha256(body))
  }
})

test('errors of the store that pass are waited for: nothing is lost, nothing is sent twice', async () => {
  const body = randomBytes(largeBytes)
  const there = await store()
  const failed = new Set<string>()
  // Each part, and each end, fails once: with an error of the server, or with a connection that is cut.
  stub.trouble = ({ method, query }) => {
    const what = `${method} ${query.get('partNumber')} ${query.get('uploadId') !== null}`
    if (failed.has(what)) return null
    failed.add(what)
    return query.get('partNumber') === '2' ? 'cut-at-once' : { status: 503, code: 'SlowDown' }
  }
  await there.put('again', bytesOf(body))
  expect(failed.size).toBeGreaterThan(4)
  expect(sha256(await collected(there.get('again')))).toBe(sha256(body))
})

test('a store that goes on answering 500 is reported, and no half of a copy stays there', async () => {
  const there = await store()
  stub.trouble = ({ query }) =>
    query.get('partNumber') === '2' ? { status: 500, code: 'InternalError' } : null
  const body = Readable.from([randomBytes(largeBytes)])
  await expect(there.put('failing', body)).rejects.toMatchObject({ problem: 'failing' })
  expect(stub.seen.some((one) => one.startsWith('DELETE'))).toBe(true) // the parts that were there
  expect(await there.head('failing')).toBeNull()
})

test('a key that may not write, a wrong secret and a bucket that is not there are told apart, at once', async () => {
  stub.trouble = ({ method }) => (method === 'PUT' ? { status: 403, code: 'AccessDenied' } : null)
  await expect((await store()).put('x', bytesOf(randomBytes(10)))).rejects.toMatchObject({
    problem: 'refused',
  })
  expect(stub.seen).toHaveLength(1)
  stub.trouble = () => null
  await expect((await store({ secret: 'another' })).list('')).rejects.toMatchObject({ problem: 'refused' })
  await expect((await store({ bucket: 'nobody-made-it' })).list('')).rejects.toMatchObject({
    problem: 'no-bucket',
  })
  stub.trouble = () => ({ status: 403, code: 'RequestTimeTooSkewed' })
  await expect((await store()).list('')).rejects.toMatchObject({ problem: 'clock' })
})

test('a store that takes everything and answers nothing is given up, and one that is not there as well', async () => {
  stub.trouble = () => 'silence'
  await expect((await store({}, 400)).put('slow', bytesOf(randomBytes(10)))).rejects.toMatchObject({
    problem: 'slow',
  })
  expect(stub.seen.length).toBe(3)
  await expect((await store({ url: 'http://127.0.0.1:1' })).list('')).rejects.toMatchObject({
    problem: 'unreachable',
  })
})

test('a checksum that the store reports wrongly is no copy, whether it went in one piece or in parts', async () => {
  const there = await store()
  stub.trouble = ({ method }) => (method === 'PUT' ? 'wrong-etag' : null)
  for (const size of [1_000, largeBytes]) {
    await expect(there.put('wrong', bytesOf(randomBytes(size)))).rejects.toMatchObject({ problem: 'damaged' })
  }
})

test('parts of a process that was killed in mid-upload are found and taken away', async () => {
  const there = await store()
  // Neither the last part nor the end of it gets through, nor the tidying up: as after a kill -9.
  stub.trouble = ({ method, query }) =>
    query.get('partNumber') === '3' || method === 'DELETE' ? { status: 403, code: 'AccessDenied' } : null
  await expect(there.put('killed', bytesOf(randomBytes(largeBytes)))).rejects.toThrow()
  stub.trouble = () => null
  expect(await there.discardUnfinished(new Date(Date.now() - 60_000))).toBe(0)
  expect(await there.discardUnfinished(new Date(Date.now() + 60_000))).toBe(1)
  expect(await there.discardUnfinished(new Date(Date.now() + 60_000))).toBe(0)
})

test('a store whose ETags are no checksums is asked for what it has', async () => {
  const there = await store()
  stub.trouble = ({ method }) => (method === 'GET' ? null : 'kms')
  for (const size of [1_000, largeBytes]) {
    stub.seen = []
    expect(await there.put('kms', bytesOf(randomBytes(size)))).toMatchObject({ bytes: size })
    expect(stub.seen.filter((one) => one.startsWith('GET'))).toHaveLength(1)
  }
})

test('each piece goes with its MD5 and without the headers that Backblaze refuses', async () => {
  const there = await store()
  stub.headers = []
  await there.put('b2', bytesOf(randomBytes(largeBytes)))
  await there.put('b2', bytesOf(randomBytes(10)))
  await collected(there.get('b2'))
  expect(stub.headers.filter((headers) => headers['content-md5'])).toHaveLength(4)
  const names = stub.headers.flatMap((headers) => Object.keys(headers))
  expect(names.filter((name) => /^x-amz-(checksum|sdk-checksum|trailer)/.test(name))).toEqual([])
})

test('a download that is cut again and again goes on where it was; a shorter one is an error', async () => {
  const body = randomBytes(3 * 1024 * 1024)
  const there = await store()
  await there.put('cut', bytesOf(body))
  let cuts = 0
  stub.trouble = ({ method }) => (method === 'GET' && cuts++ < 5 ? 'cut-answer' : null)
  expect(sha256(await collected(there.get('cut')))).toBe(sha256(body))
  expect(cuts).toBeGreaterThan(5)
  stub.trouble = () => ({ status: 404, code: 'NoSuchKey' })
  await expect(collected(there.get('cut'))).rejects.toMatchObject({ problem: 'missing' })
})

test('what breaks on our side while it is being sent leaves nothing there', async () => {
  const there = await store()
  const broken = Readable.from(
    (async function* () {
      yield randomBytes(largeBytes)
      throw new Error('the disk is gone')
    })(),
  )
  await expect(there.put('ours', broken)).rejects.toThrow('the disk is gone')
  expect(await there.head('ours')).toBeNull()
  const stop = new AbortController()
  stop.abort(new Error('the process ends'))
  const body = bytesOf(randomBytes(10))
  await expect(there.put('ours', body, { signal: stop.signal })).rejects.toThrow('the process ends')
  expect(await there.head('ours')).toBeNull()
})

test('what lies in the store is opened by the ordinary age tool, with either key and with no other', async () => {
  const [olga, second, stranger] = [await operatorKey(), await operatorKey(), await operatorKey()]
  const there = await store()
  const plain = randomBytes(300_000)
  await there.put('sealed.age', await sealed(bytesOf(plain), [olga.recipient, second.recipient]))
  const file = join(folder, 'sealed.age')
  writeFileSync(file, await collected(there.get('sealed.age')))
  const age = (identity: string) => {
    writeFileSync(join(folder, 'key'), `${identity}\n`, { mode: 0o600 })
    return execFileSync('age', ['-d', '-i', join(folder, 'key'), file], { stdio: 'pipe' })
  }
  expect(age(olga.identity)).toEqual(plain)
  expect(age(second.identity)).toEqual(plain)
  expect(() => age(stranger.identity)).toThrow(/no identity matched/)
  expect(await collected(await opened(there.get('sealed.age'), second.identity))).toEqual(plain)
})
