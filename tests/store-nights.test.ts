import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { and, eq } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { type CopyEntry, copiesOf, isCopy, type Manifest, parseManifest } from '#src/backups/manifest.ts'
import { runNight } from '#src/backups/night/actions.ts'
import { checkStore } from '#src/backups/store/check/actions.ts'
import { eraseCopies } from '#src/backups/store/keys/actions.ts'
import { recoverKeys } from '#src/backups/store/keys/recovery.ts'
import { shipLogs } from '#src/backups/store/logs/actions.ts'
import { copyKey, keysKey, logKey, manifestKey, nightKey } from '#src/backups/store/names.ts'
import { prune } from '#src/backups/store/pruning/actions.ts'
import { verifiedFrom } from '#src/backups/store/pruning/queries.ts'
import { openStore } from '#src/backups/store/s3.ts'
import { collected, opened, openedText } from '#src/backups/store/seal.ts'
import { type Sending, sendNights, syncNight } from '#src/backups/store/sending/actions.ts'
import { markSent } from '#src/backups/store/sending/queries.ts'
import type { Store } from '#src/backups/store/store.ts'
import { run } from '#src/cli.ts'
import type { StoreConfig } from '#src/config.ts'
import { auditLog, backups, tenantKeys, tenants } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { products } from '#src/db/tenant-schema.ts'
import { testNight } from './support/copies.ts'
import { ownDatabases, type ReadyTenant, readyTenant, testMasterKey } from './support/database.ts'
import { type OperatorKey, operatorKey, startStore, type TestStore } from './support/store.ts'
import { type StoreStub, startStoreStub } from './support/store-stub.ts'

// Whole nights, keys and binary logs, from a real MariaDB to a real S3 server.

let server: TestStore
let stub: StoreStub
let own: Awaited<ReturnType<typeof ownDatabases>>
let databases: Databases
let rosa: ReadyTenant
let carla: ReadyTenant
let olga: OperatorKey
let second: OperatorKey
beforeAll(async () => {
  ;[server, own] = await Promise.all([startStore(), ownDatabases({ binlog: true })])
  stub = await startStoreStub(server.port)
  databases = own.databases
  rosa = await readyTenant('Pollería Rosita', databases)
  carla = await readyTenant('Bodega Carla', databases)
  olga = await operatorKey()
  second = await operatorKey()
}, 300_000)
afterAll(async () => {
  await stub?.stop()
  await Promise.all([server?.stop(), own?.stop()])
})

let at: ReturnType<typeof testNight>
let config: StoreConfig
let store: Store
let sending: Sending
beforeEach(async () => {
  at = testNight(databases)
  config = await server.bucket({ url: stub.url, recipients: [olga.recipient, second.recipient] })
  store = await openStore(config, { attempts: 2, idleMs: 10_000 })
  const { dataFolder } = at.context.config
  sending = {
    admin: databases.admin,
    store,
    recipients: config.recipients,
    dataFolder,
    clock: at.context.clock,
  }
})
afterEach(async () => {
  stub.trouble = () => null
  stub.seen = []
  store.close()
  at.remove()
  await databases.admin.delete(backups)
  await databases.admin.delete(tenantKeys)
})

const first = '2026-11-23'
const next = '2026-11-24'
const night = async () => {
  const answer = await runNight(at.context)
  if (!answer.ok) throw new Error(answer.problem)
}
const puts = () => stub.seen.filter((one) => one.startsWith('PUT'))
const manifestThere = async (of: string): Promise<Manifest> => {
  const answer = parseManifest(await openedText(store.get(manifestKey(of)), olga.identity))
  if (!answer.ok) throw new Error(answer.problem)
  return answer.manifest
}
const copyThere = async (of: string, { tenant }: ReadyTenant): Promise<CopyEntry> => {
  const found = copiesOf(await manifestThere(of)).find(({ tenantId }) => tenantId === tenant.id)
  if (!found) throw new Error(`no copy of ${tenant.id} in the store's ${of}`)
  return found
}
/** Objects of her copies, whatever manifest tells of them. */
const objectsOf = async (of: string, { tenant }: ReadyTenant) =>
  (await store.list(nightKey(of, `backup-${tenant.id}.sql.gz`).replace('.age', '.'))).map(({ key }) => key)
const keysThere = async (of: string) =>
  (JSON.parse(await openedText(store.get(keysKey(of)), second.identity)) as { keys: Key[] }).keys
type Key = { tenantId: number; uid: string; wrappedIdentity: string }
const fileOf = ({ tenant }: ReadyTenant) => `backup-${tenant.id}.sql.gz`
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
/** As a person does it: with the ordinary tool and files. */
const age = (sealed: Buffer, identity: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'sk-age-'))
  try {
    writeFileSync(join(folder, 'sealed'), sealed)
    writeFileSync(join(folder, 'key'), identity, { mode: 0o600 })
    const args = ['-d', '-i', join(folder, 'key'), join(folder, 'sealed')]
    return execFileSync('age', args, { stdio: 'pipe', maxBuffer: 1e8 })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('a night lies there whole, and opens with a recovery key and the ordinary tools alone', async () => {
  await night()
  expect(await syncNight(sending, first)).toMatchObject({ ok: true, sent: 3, copied: 0, broken: [] })
  const manifest = await manifestThere(first)
  expect(copiesOf(manifest)).toHaveLength(3)
  const keys = await keysThere(first)
  const own = keys.find(({ tenantId }) => tenantId === rosa.tenant.id)
  const identity = age(Buffer.from(own?.wrappedIdentity ?? '', 'base64'), second.identity).toString()
  for (const entry of copiesOf(manifest)) {
    const isRosas = entry.tenantId === rosa.tenant.id
    if (entry.tenantId !== 0 && !isRosas) continue
    const plain = age(await collected(store.get(copyKey(first, entry))), isRosas ? identity : olga.identity)
    expect(sha256(plain)).toBe(entry.sha256)
    const sql = execFileSync('zcat', { input: plain, maxBuffer: 1e8 }).toString()
    expect(sql).toContain(`uid=${entry.uid}`)
  }
  // Her key opens her copies and nobody else's; the operators' own open none without it.
  const carlas = await collected(store.get(copyKey(first, await copyThere(first, carla))))
  expect(() => age(carlas, identity)).toThrow(/no identity matched/)
  expect(() => age(carlas, olga.identity)).toThrow(/no identity matched/)
  const rows = await databases.admin.select().from(backups)
  expect(rows.map(({ uploadedAt }) => uploadedAt?.toISOString())).toEqual(
    Array(3).fill('2026-11-23T08:00:00.000Z'),
  )
})

test('nothing is sent twice, and what was carried is copied inside the store', async () => {
  await night()
  await syncNight(sending, first)
  stub.seen = []
  expect(await syncNight(sending, first)).toMatchObject({ ok: true, sent: 0, already: 3 })
  expect(stub.seen).toHaveLength(1)
  at.nextNight()
  await rosa.db.update(products).set({ name: 'Pollo nuevo' }).where(eq(products.id, 1))
  await night()
  // Rosa's was made anew, and the admin database always changes.
  expect(await syncNight(sending, next)).toMatchObject({ ok: true, sent: 2, copied: 1 })
  // No copy holds a key: destroying one would erase nothing otherwise.
  const file = join(at.folder, next, 'backup-admin.sql.gz')
  const sql = execFileSync('zcat', [file], { maxBuffer: 1e8 }).toString()
  expect(sql).toContain('INSERT INTO `tenants`')
  expect(sql).toContain('CREATE TABLE `tenant_keys`')
  expect(sql).not.toContain('INSERT INTO `tenant_keys`')
  const carried = await copyThere(next, carla)
  expect(carried).toMatchObject({ kind: 'carried', dumpedOn: first })
  // Each night is whole by itself: the older one may go.
  for (const { key } of await store.list(`nights/${first}/`)) await store.remove(key)
  const key = (await keysThere(next)).find(({ tenantId }) => tenantId === carla.tenant.id)
  const identity = age(Buffer.from(key?.wrappedIdentity ?? '', 'base64'), olga.identity)
    .toString()
    .trim()
  expect(sha256(await collected(await opened(store.get(copyKey(next, carried)), identity)))).toBe(
    carried.sha256,
  )
})

test('a store that fails in mid-night has no manifest; the next run sends only what is missing', async () => {
  await night()
  stub.trouble = ({ path }) => (path.includes('admin') ? { status: 500, code: 'InternalError' } : null)
  const broken = await syncNight(sending, first)
  expect(broken).toMatchObject({ ok: false, problem: 'failing', sent: 2 })
  expect(await store.head(manifestKey(first))).toBeNull()
  stub.trouble = () => null
  expect(await sendNights(sending)).toMatchObject([{ ok: true, sent: 1, already: 2 }])
  expect(copiesOf(await manifestThere(first))).toHaveLength(3)
})

test('a key that is refused ends the run at once; a wrong checksum is tried again and never believed', async () => {
  await night()
  stub.trouble = ({ method }) => (method === 'PUT' ? { status: 403, code: 'AccessDenied' } : null)
  expect(await syncNight(sending, first)).toMatchObject({ ok: false, problem: 'refused', sent: 0 })
  expect(puts().length).toBeLessThanOrEqual(3) // what was on its way already
  stub.trouble = ({ method, path }) => (method === 'PUT' && path.includes(fileOf(rosa)) ? 'wrong-etag' : null)
  stub.seen = []
  expect(await syncNight(sending, first)).toMatchObject({ ok: false, problem: 'damaged', sent: 2 })
  expect(puts().filter((one) => one.includes(fileOf(rosa)))).toHaveLength(3)
  const [row] = await databases.admin.select().from(backups).where(eq(backups.tenantId, rosa.tenant.id))
  expect(row?.uploadedAt).toBeNull()
  // What was refused lies there with the right tag; the next run sends it again, once.
  const [refused] = await objectsOf(first, rosa)
  const before = await store.head(refused ?? '')
  expect(before).not.toBeNull()
  stub.trouble = () => null
  stub.seen = []
  expect(await syncNight(sending, first)).toMatchObject({ ok: true, sent: 1, already: 2 })
  expect(puts().filter((one) => one.includes(fileOf(rosa)))).toHaveLength(1)
  expect((await store.head(refused ?? ''))?.etag).not.toBe(before?.etag)
  expect(await openedCopy(first, rosa)).toBe((await copyThere(first, rosa)).sha256)
})

/** What the store's manifest leads to, opened: its sha256. */
async function openedCopy(of: string, whose: ReadyTenant): Promise<string> {
  const wrapped = (await keysThere(of)).find(({ tenantId }) => tenantId === whose.tenant.id)?.wrappedIdentity
  const identity = await openedText(Readable.from([Buffer.from(wrapped ?? '', 'base64')]), olga.identity)
  const sealed = store.get(copyKey(of, await copyThere(of, whose)))
  return sha256(await collected(await opened(sealed, identity.trim())))
}

test('a copy that somebody wrote over there is sent again when its night is looked at', async () => {
  await night()
  stub.trouble = ({ method, path }) =>
    method === 'PUT' && path.includes('manifest') ? { status: 503, code: 'SlowDown' } : null
  expect(await syncNight(sending, first)).toMatchObject({ ok: false, sent: 3 })
  stub.trouble = () => null
  const [key = ''] = await objectsOf(first, rosa)
  const { tag } = (await store.head(key)) ?? {}
  await store.put(key, Readable.from(['something else']), { tag: tag ?? '' })
  expect(await syncNight(sending, first)).toMatchObject({ ok: true, sent: 1, already: 2 })
  expect(await openedCopy(first, rosa)).toBe((await copyThere(first, rosa)).sha256)
})

test('a manifest that arrived damaged is not believed by the next run', async () => {
  await night()
  stub.trouble = ({ method, path }) => (method === 'PUT' && path.includes('manifest') ? 'wrong-etag' : null)
  expect(await syncNight(sending, first)).toMatchObject({ ok: false, problem: 'damaged' })
  stub.trouble = () => null
  stub.seen = []
  expect(await syncNight(sending, first)).toMatchObject({ ok: true, sent: 0, already: 3 })
  expect(puts().filter((one) => one.includes('manifest'))).toHaveLength(1)
})

test('a night made again changes nothing there until all of it is there', async () => {
  await night()
  await syncNight(sending, first)
  const before = await copyThere(first, rosa)
  await rosa.db.update(products).set({ name: 'Pollo de noche' }).where(eq(products.id, 1))
  await night()
  stub.trouble = ({ method, path }) =>
    method === 'PUT' && /keys|manifest/.test(path) ? { status: 503, code: 'SlowDown' } : null
  expect(await syncNight(sending, first)).toMatchObject({ ok: false, problem: 'failing' })
  // The manifest there still tells the truth.
  expect(await copyThere(first, rosa)).toEqual(before)
  expect(await openedCopy(first, rosa)).toBe(before.sha256)
  stub.trouble = () => null
  expect(await syncNight(sending, first)).toMatchObject({ ok: true, sent: 0, already: 3 })
  expect((await copyThere(first, rosa)).sha256).not.toBe(before.sha256)
  expect(await openedCopy(first, rosa)).toBe((await copyThere(first, rosa)).sha256)
})

test('what was sent says so of that file alone, not of the one that took its place meanwhile', async () => {
  await night()
  const before = at.entry(first, rosa.tenant.id)
  await rosa.db.update(products).set({ name: 'Pollo de madrugada' }).where(eq(products.id, 1))
  await night()
  const row = async () =>
    (
      await databases.admin
        .select()
        .from(backups)
        .where(and(eq(backups.tenantId, rosa.tenant.id), eq(backups.night, first)))
    )[0]
  await markSent(databases.admin, first, before, new Date())
  expect((await row())?.uploadedAt).toBeNull()
  await markSent(databases.admin, first, at.entry(first, rosa.tenant.id), new Date())
  expect((await row())?.uploadedAt).not.toBeNull()
})

test('a night that is all there is not even read again, until its manifest is another', async () => {
  await night()
  await syncNight(sending, first)
  const path = join(at.folder, first, 'manifest.json')
  const text = readFileSync(path, 'utf8')
  // Of the same length and time: whoever read it would find no manifest.
  const { atime, mtime } = statSync(path)
  utimesSync(path, atime, mtime)
  expect(await syncNight(sending, first)).toMatchObject({ ok: true, already: 3 })
  writeFileSync(path, 'x'.repeat(text.length))
  utimesSync(path, atime, mtime)
  stub.seen = []
  expect(await syncNight(sending, first)).toMatchObject({ ok: true, already: 3 })
  expect(stub.seen).toHaveLength(1)
  writeFileSync(path, `${text} `)
  expect(await syncNight(sending, first)).toMatchObject({ ok: true, sent: 0, already: 3 })
  // What is no manifest keeps no other night from going.
  writeFileSync(path, '{')
  expect(await syncNight(sending, first)).toMatchObject({ ok: false, problem: 'no-manifest' })
  expect(await sendNights(sending)).toEqual([])
})

test('a night of a clock that ran ahead is not sent in the place of tonight', async () => {
  await night()
  for (const ahead of ['2027-01-01', '2027-01-02', '2027-01-03']) mkdirSync(join(at.folder, ahead))
  expect(await sendNights(sending)).toMatchObject([{ night: first, ok: true, sent: 3 }])
})

test('a copy that was changed on this disk is not sent: the others are, and the night says so', async () => {
  await night()
  writeFileSync(at.path(first, rosa.tenant.id), 'tampered')
  expect(await syncNight(sending, first)).toMatchObject({ ok: true, sent: 2, broken: [rosa.tenant.id] })
  expect(await objectsOf(first, rosa)).toEqual([])
  const entry = (await manifestThere(first)).entries.find(({ tenantId }) => tenantId === rosa.tenant.id)
  expect(entry && isCopy(entry)).toBe(false)
  expect(await syncNight(sending, next)).toMatchObject({ ok: false, problem: 'no-manifest' })
})

test('a night that was thinned out on this disk stays whole there', async () => {
  await night()
  await syncNight(sending, first)
  const path = join(at.folder, first, 'manifest.json')
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest
  writeFileSync(path, JSON.stringify({ ...manifest, entries: manifest.entries.slice(0, 1) }))
  expect(await syncNight(sending, first)).toMatchObject({ ok: true, sent: 0 })
  expect(copiesOf(await manifestThere(first))).toHaveLength(3)
})

const keyOf = async ({ tenant }: ReadyTenant) =>
  (await databases.admin.select().from(tenantKeys).where(eq(tenantKeys.tenantId, tenant.id)))[0]

test('a key that was lost by accident comes back from the store, and opens the older copies again', async () => {
  await night()
  await syncNight(sending, first)
  const lost = await keyOf(rosa)
  await databases.admin.delete(tenantKeys).where(eq(tenantKeys.tenantId, rosa.tenant.id))
  at.nextNight()
  await night()
  await syncNight(sending, next)
  expect((await keyOf(rosa))?.recipient).not.toBe(lost?.recipient)
  const stranger = await operatorKey()
  await expect(recoverKeys(databases.admin, store, [stranger.identity])).rejects.toThrow('no identity')
  const recovered = await recoverKeys(databases.admin, store, [second.identity])
  expect(recovered).toEqual({ added: 0, replaced: 1, lists: 2 })
  expect(await keyOf(rosa)).toEqual(lost)
})

test('the copies of a business that is gone are erased by its key, which no list brings back', async () => {
  await night()
  await syncNight(sending, first)
  const { admin } = databases
  const isCarla = eq(tenants.id, carla.tenant.id)
  expect(await eraseCopies(admin, carla.tenant.id, new Date())).toEqual({ ok: false, problem: 'living' })
  expect(await keyOf(carla)).toBeDefined()
  await admin.update(tenants).set({ status: 'BORRADO' }).where(isCarla)
  try {
    expect(await eraseCopies(admin, carla.tenant.id, new Date())).toEqual({ ok: true })
    expect(await eraseCopies(admin, carla.tenant.id, new Date())).toEqual({ ok: false, problem: 'no-key' })
    at.nextNight()
    await night()
    await syncNight(sending, next)
    expect((await keysThere(next)).map(({ tenantId }) => tenantId)).toEqual([rosa.tenant.id])
    expect(await recoverKeys(admin, store, [olga.identity])).toEqual({ added: 0, replaced: 0, lists: 2 })
    expect(await keyOf(carla)).toBeUndefined()
    // The lists lie where the bucket's own rules can end them without ending the nights.
    expect((await store.list('nights/')).filter(({ key }) => key.includes('keys'))).toEqual([])
  } finally {
    await admin.update(tenants).set({ status: 'ACTIVO' }).where(isCarla)
    await admin.delete(auditLog).where(eq(auditLog.tenantId, carla.tenant.id))
  }
})

test('a copy of an erased business that was not sent yet is not sent any more', async () => {
  await night()
  const { admin } = databases
  const isCarla = eq(tenants.id, carla.tenant.id)
  stub.trouble = ({ method, path }) =>
    method === 'PUT' && path.includes(fileOf(carla)) ? { status: 503, code: 'SlowDown' } : null
  expect(await syncNight(sending, first)).toMatchObject({ ok: false, sent: 2 })
  stub.trouble = () => null
  await admin.update(tenants).set({ status: 'BORRADO' }).where(isCarla)
  try {
    expect(await eraseCopies(admin, carla.tenant.id, new Date())).toEqual({ ok: true })
    const again = await syncNight(sending, first)
    expect(again).toMatchObject({ ok: true, sent: 0, already: 2, broken: [], erased: [carla.tenant.id] })
    expect(await keyOf(carla)).toBeUndefined()
    expect(await objectsOf(first, carla)).toEqual([])
    expect((await manifestThere(first)).entries).toHaveLength(3)
    expect(copiesOf(await manifestThere(first))).toHaveLength(2)
    // Also by the line in the audit log alone, and by the deletion alone.
    await admin.update(tenants).set({ status: 'ACTIVO' }).where(isCarla)
    at.nextNight()
    await night()
    expect(await syncNight(sending, next)).toMatchObject({ ok: true, erased: [carla.tenant.id] })
    await admin.delete(auditLog).where(eq(auditLog.tenantId, carla.tenant.id))
    await admin.update(tenants).set({ status: 'BORRADO' }).where(isCarla)
    writeFileSync(
      join(at.folder, next, 'manifest.json'),
      `${readFileSync(join(at.folder, next, 'manifest.json'))}\n`,
    )
    expect(await syncNight(sending, next)).toMatchObject({ ok: true, erased: [carla.tenant.id] })
    expect(await keyOf(carla)).toBeUndefined()
  } finally {
    await admin.update(tenants).set({ status: 'ACTIVO' }).where(isCarla)
    await admin.delete(auditLog).where(eq(auditLog.tenantId, carla.tenant.id))
  }
})

test('the commands do what the jobs do, and say how it went', async () => {
  await night()
  let said = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += text
    return true
  })
  vi.spyOn(console, 'error').mockImplementation((text) => {
    said += text
  })
  const smartket = async (...args: string[]) => {
    said = ''
    return run(['node', 'smartket', 'backup', 'store', ...args])
  }
  vi.stubEnv('DATABASE_URL', `mysql://root@localhost?socket=${encodeURIComponent(own.address.socketPath)}`)
  vi.stubEnv('SMARTKET_MASTER_KEY', testMasterKey.toString('hex'))
  vi.stubEnv('SMARTKET_DATA', sending.dataFolder)
  try {
    expect(await smartket('check')).toBe(1)
    expect(said).toContain('No store is configured')
    vi.stubEnv('SMARTKET_STORE_URL', config.url)
    vi.stubEnv('SMARTKET_STORE_BUCKET', config.bucket)
    vi.stubEnv('SMARTKET_STORE_REGION', config.region)
    vi.stubEnv('SMARTKET_STORE_KEY_ID', config.keyId)
    vi.stubEnv('SMARTKET_STORE_SECRET', config.secret)
    vi.stubEnv('SMARTKET_STORE_RECIPIENTS', config.recipients.join())
    expect(await smartket('send', '--json')).toBe(0)
    const sent = JSON.parse(said)
    expect(sent).toMatchObject({ nights: [{ night: first, ok: true, sent: 3 }], logs: { ok: true } })
    expect(await smartket('send', '--night', first)).toBe(0)
    expect(said).toContain('3 there already')
    expect(await smartket('send', '--night', 'yesterday')).toBe(2)
    expect(await smartket('check', '--json')).toBe(1) // the bucket keeps no versions
    expect(JSON.parse(said).filter(({ ok }: { ok: boolean }) => !ok)).toHaveLength(1)
    expect(await smartket('prune')).toBe(1)
    expect(said).toContain('no copy in the store is known to be good')
    const file = join(sending.dataFolder, 'olga.key')
    writeFileSync(file, `# on paper\n${olga.identity}\n`)
    await databases.admin.delete(tenantKeys)
    expect(await smartket('keys', '--identity', file)).toBe(0)
    expect(said).toContain('2 keys put back')
    expect(await smartket('erase', String(rosa.tenant.id))).toBe(0)
    expect(said).toContain('Say --yes')
    expect(await smartket('erase', String(rosa.tenant.id), '--yes')).toBe(1)
    expect(said).toContain('is not deleted')
    vi.stubEnv('SMARTKET_STORE_SECRET', 'another')
    expect(await smartket('send')).toBe(1)
    expect(said).toContain('the store refuses this key')
  } finally {
    vi.restoreAllMocks()
    vi.unstubAllEnvs()
  }
})

/** Nights of the store and of the records, without anything in them. */
async function oldNights(nights: readonly string[], verified: readonly string[]) {
  const body = () => Readable.from([randomBytes(100)])
  for (const one of nights) {
    await store.put(nightKey(one, 'backup-admin.sql.gz'), body())
    await store.put(keysKey(one), body())
    await store.put(manifestKey(one), body())
    const at = new Date(`${one}T08:00:00Z`)
    await databases.admin.insert(backups).values({
      tenantId: 0,
      uid: rosa.tenant.uid,
      generation: 1,
      nombreDb: 'smartket_admin',
      night: one,
      kind: 'dumped',
      dumpedOn: one,
      status: 'whole',
      takenAt: at,
      uploadedAt: at,
      verifiedAt: verified.includes(one) ? at : null,
    })
  }
}
const nightsThere = async () => [
  ...new Set((await store.list('nights/')).map(({ key }) => key.split('/')[1] ?? '')),
]
const november = Array.from({ length: 14 }, (_, i) => `2025-11-${String(i + 3).padStart(2, '0')}`)
const keep = { daily: 7, weekly: 0, monthly: 0 }

test('what is not to be kept goes from the store, three nights at a time, and never the newest verified one', async () => {
  await oldNights(november, ['2025-11-04'])
  const pruning = { admin: databases.admin, store, keep, clock: () => new Date() }
  expect(await prune(pruning)).toMatchObject({
    ok: true,
    nights: ['2025-11-03', '2025-11-05', '2025-11-06'],
    later: 3,
    keys: 6, // of fourteen; the newest eight stay
  })
  expect(await nightsThere()).toEqual(november.filter((one) => !['03', '05', '06'].includes(one.slice(-2))))
  // Its list of keys is gone, its manifest is not.
  expect(await store.head(keysKey('2025-11-04'))).toBeNull()
  expect(await store.head(manifestKey('2025-11-04'))).not.toBeNull()
  await prune(pruning)
  expect(await nightsThere()).toEqual(['2025-11-04', ...november.slice(7)])
  expect(await prune(pruning)).toMatchObject({ ok: true, nights: [], later: 0 })
})

test('nothing goes while a clock is wrong, no copy is known to be good, or the key may not delete', async () => {
  await oldNights(november, [])
  const pruning = { admin: databases.admin, store, keep, clock: () => new Date() }
  expect(await prune(pruning)).toMatchObject({ ok: false, problem: 'nothing-verified' })
  await databases.admin.update(backups).set({ verifiedAt: new Date() }).where(eq(backups.night, '2025-11-16'))
  const ahead = () => new Date(Date.now() + 6 * 60_000)
  expect(await prune({ ...pruning, clock: ahead })).toMatchObject({ ok: false, problem: 'clocks-differ' })
  stub.trouble = ({ method }) => (method === 'DELETE' ? { status: 403, code: 'AccessDenied' } : null)
  expect(await prune(pruning)).toMatchObject({ ok: false, problem: 'refused', nights: [] })
  expect(await nightsThere()).toEqual(november)
})

test('keys that were made anew keep the old lists there, which alone open the older copies', async () => {
  await oldNights(november, ['2025-11-16'])
  await databases.admin.insert(tenantKeys).values({
    tenantId: 0,
    uid: rosa.tenant.uid,
    recipient: 'age1',
    wrappedIdentity: '',
    createdAt: new Date(),
  })
  const pruning = { admin: databases.admin, store, keep, clock: () => new Date() }
  expect(await prune(pruning)).toMatchObject({ ok: true, keys: 0, hasKeptKeys: true })
})

test('logs stay as long as any living business needs them to go on from its newest verified copy', async () => {
  const { admin } = databases
  const now = new Date()
  const ago = (days: number) => new Date(Math.round(now.getTime() / 1_000 - days * 86_400) * 1_000)
  const copy = async (whose: ReadyTenant | null, days: number, isVerified = true) =>
    admin.insert(backups).values({
      tenantId: whose?.tenant.id ?? 0,
      uid: whose?.tenant.uid ?? '00000000-0000-0000-0000-000000000000',
      generation: 1,
      nombreDb: 'x',
      night: ago(days).toISOString().slice(0, 10),
      kind: 'dumped',
      dumpedOn: first,
      status: 'whole',
      takenAt: ago(days),
      uploadedAt: now,
      verifiedAt: isVerified ? now : null,
    })
  expect(await verifiedFrom(admin, now)).toBeNull()
  await copy(null, 1)
  await copy(carla, 1)
  // Rosa has none that is known to be good: from her first day on.
  const [{ createdAt } = { createdAt: now }] = await admin
    .select({ createdAt: tenants.createdAt })
    .from(tenants)
    .where(eq(tenants.id, rosa.tenant.id))
  await admin
    .update(tenants)
    .set({ createdAt: ago(30) })
    .where(eq(tenants.id, rosa.tenant.id))
  expect(await verifiedFrom(admin, now)).toEqual(ago(30))
  await copy(rosa, 2, false)
  await copy(rosa, 20)
  await copy(rosa, 25)
  expect(await verifiedFrom(admin, now)).toEqual(ago(20))
  // A night of a clock that ran ahead tells nothing.
  await copy(rosa, -400)
  expect(await verifiedFrom(admin, now)).toEqual(ago(20))
  await admin.update(tenants).set({ createdAt }).where(eq(tenants.id, rosa.tenant.id))
})

test('every ended binary log arrives byte for byte, once; the one being written is ended first', async () => {
  const shipping = { ...sending, databases }
  await rosa.db.update(products).set({ name: 'Antes' }).where(eq(products.id, 1))
  const shipped = await shipLogs(shipping)
  expect(shipped).toMatchObject({ ok: true, failed: [] })
  expect(shipped.logs).toBeGreaterThan(0)
  const there = (await store.list('binlog/1/')).map(({ key }) => key)
  expect(there).toHaveLength(shipped.logs)
  const rows = (await databases.provision((root) => root.query('show binary logs'))) as { Log_name: string }[]
  const file = rows.at(-2)?.Log_name ?? ''
  const [{ folder }] = (await databases.provision((root) => root.query('select @@datadir as folder'))) as [
    { folder: string },
  ]
  const back = await collected(await opened(store.get(logKey(1, file)), olga.identity))
  expect(back.equals(readFileSync(join(folder, file)))).toBe(true)
  expect(back.includes('Antes')).toBe(true)
  // Nothing happened since: nothing is ended, nothing is sent.
  expect(await shipLogs(shipping)).toMatchObject({ ok: true, logs: 0 })
  stub.trouble = ({ method }) => (method === 'PUT' ? { status: 503, code: 'SlowDown' } : null)
  await rosa.db.update(products).set({ name: 'Después' }).where(eq(products.id, 1))
  expect(await shipLogs(shipping)).toMatchObject({ ok: false, problem: 'failing', logs: 0 })
  stub.trouble = () => null
  // Another server that is away keeps nobody's logs here.
  const [address] = databases.servers.values()
  const two = { ...databases, servers: new Map([...databases.servers].concat(address ? [[2, address]] : [])) }
  expect(await shipLogs({ ...shipping, databases: two })).toMatchObject({ ok: true, logs: 1, failed: [2] })
})

test("a server built anew counts from 1 again, and writes over nothing of the old one's", async () => {
  await shipLogs({ ...sending, databases })
  const before = await store.list('binlog/1/')
  const anew = await ownDatabases({ binlog: true })
  try {
    const shipped = await shipLogs({ ...sending, databases: anew.databases })
    expect(shipped).toMatchObject({ ok: true, failed: [] })
    const after = await store.list('binlog/1/')
    expect(after).toHaveLength(before.length + shipped.logs)
    expect(after).toEqual(expect.arrayContaining(before))
    expect(after.filter(({ key }) => key.endsWith('~2.age'))).toHaveLength(shipped.logs)
    // A process that starts again knows which of the two it is.
    expect(await shipLogs({ ...sending, databases: await anew.open() })).toMatchObject({ ok: true, logs: 0 })
    expect(await shipLogs({ ...sending, databases: await own.open() })).toMatchObject({ logs: 0 })
  } finally {
    await anew.stop()
  }
})

test('a log that arrived damaged is sent again, and what a killed run left in plain is taken away', async () => {
  const shipping = { ...sending, databases }
  const left = join(at.folder, '.logs-killed')
  mkdirSync(left, { recursive: true })
  writeFileSync(join(left, 'binlog.000001'), 'sales')
  await rosa.db.update(products).set({ name: 'Dañado' }).where(eq(products.id, 1))
  stub.trouble = ({ method }) => (method === 'PUT' ? 'wrong-etag' : null)
  expect(await shipLogs(shipping)).toMatchObject({ ok: false, problem: 'damaged', logs: 0 })
  expect(readdirSync(at.folder).filter((name) => name.startsWith('.logs-'))).toEqual([])
  const damaged = await store.list('binlog/1/')
  expect(damaged).toHaveLength(1)
  stub.trouble = () => null
  expect((await shipLogs(shipping)).logs).toBeGreaterThan(0)
  expect((await store.list('binlog/1/'))[0]?.etag).not.toBe(damaged[0]?.etag)
  expect(await shipLogs(shipping)).toMatchObject({ ok: true, logs: 0 })
})

test('a server that forgot its logs below a living process begins a line of its own there', async () => {
  const anew = await ownDatabases({ binlog: true })
  try {
    const shipping = { ...sending, databases: anew.databases }
    await readyTenant('Bodega Carla', anew.databases)
    expect((await shipLogs(shipping)).logs).toBeGreaterThan(0)
    const before = await store.list('binlog/1/')
    await anew.databases.provision((root) => root.query('reset master'))
    await readyTenant('Pollería Rosita', anew.databases)
    const shipped = await shipLogs(shipping)
    expect(shipped).toMatchObject({ ok: true, failed: [] })
    expect(shipped.logs).toBeGreaterThan(0)
    const after = await store.list('binlog/1/')
    expect(after).toEqual(expect.arrayContaining(before))
    expect(after.filter(({ key }) => key.endsWith('~2.age'))).toHaveLength(shipped.logs)
  } finally {
    await anew.stop()
  }
})

test('the check says what works and what is missing, and leaves nothing behind', async () => {
  await night()
  await syncNight(sending, first)
  const findings = await checkStore(store, config, () => new Date(), databases.admin)
  expect(findings.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(['deleted copies'])
  expect(await store.list('check/')).toEqual([])
  await store.remove(manifestKey(first))
  stub.trouble = ({ method }) => (method === 'DELETE' ? { status: 403, code: 'AccessDenied' } : null)
  const one = { ...config, recipients: [olga.recipient] }
  const wrong = await checkStore(store, one, () => new Date(), databases.admin)
  expect(wrong.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual([
    'keys to open copies',
    'deleted copies',
    'what was sent',
  ])
  const versioned = await server.bucket({ isLocked: true, recipients: config.recipients })
  const other = await openStore(versioned)
  expect((await checkStore(other, versioned, () => new Date())).filter(({ ok }) => !ok)).toEqual([])
  other.close()
  const late = await checkStore(store, config, () => new Date(Date.now() + 10 * 60_000))
  expect(late.at(-1)).toMatchObject({ name: 'store', ok: false })
})
