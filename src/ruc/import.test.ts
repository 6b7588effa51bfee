import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { PadronDb } from '#src/db/padron.ts'
import { inventedRuc, makePadron, padronHeader, writeZip } from '../../scripts/make-padron.ts'
import { startTestServer, type TestServer } from '../../tests/support/server.ts'
import { type Databases, openDatabases } from '../db/databases.ts'
import { importPadron, type PadronProgress } from './import.ts'
import { padronProvider } from './padron.ts'

let server: TestServer
let databases: Databases
let padron: PadronDb
let folder: string
const masterKey = Buffer.alloc(32, 9)
const inFolder = (name: string) => join(folder, name)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'padron-'))
  server = await startTestServer()
  databases = await openDatabases({ server: server.address, masterKey })
  padron = databases.padron()
  await makePadron(inFolder('today.zip'), 3000)
  await makePadron(inFolder('today.txt'), 3000)
})
afterAll(async () => {
  await databases?.close()
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const tables = async () =>
  (
    await padron.query<{ name: string }>(
      'select table_name as name from information_schema.tables where table_schema = database() order by 1',
    )
  ).map((row) => row.name)
const ask = (ruc: string) => padronProvider(padron)(ruc)
const write = (name: string, text: string) => {
  writeFileSync(inFolder(name), text, 'latin1')
  return inFolder(name)
}
const lines = (from: number, to: number) =>
  Array.from(
    { length: to - from },
    (_, i) => `${inventedRuc(from + i)}|QUISPE ${from + i}|ACTIVO|HABIDO${'|-'.repeat(11)}|\n`,
  ).join('')

beforeEach(async () => {
  for (const name of await tables()) await padron.run(`drop table ${name}`)
})

describe("SUNAT's register is imported", () => {
  test.each(['today.zip', 'today.txt'])('from %s', async (name) => {
    const progress: PadronProgress[] = []
    const done = await importPadron(padron, inFolder(name), { onProgress: (p) => progress.push(p) })
    expect(done).toEqual({ ok: true, rows: 3000, skippedRows: 0, previousRows: 0 })
    const last = progress.at(-1)
    expect(last).toMatchObject({ rows: 3000, bytes: last?.totalBytes })
    expect(progress.map((p) => p.rows)).toEqual(progress.map((p) => p.rows).toSorted((a, b) => a - b))
    expect(await ask(inventedRuc(5))).toEqual({
      outcome: 'found',
      found: {
        ruc: inventedRuc(5),
        legalName: 'SERVICIOS SALAZAR ROJAS 5 S.A.C.',
        state: 'BAJA DEFINITIVA',
        condition: 'HABIDO',
        address: 'AV. GRAU NRO. 15 INT. 5 URB. SANTA LUZ',
      },
    })
    expect(await ask(inventedRuc(3))).toMatchObject({
      found: { legalName: 'ÑAUPARI PEÑA JUAN', address: null },
    })
    expect(await ask('20131312955')).toEqual({ outcome: 'not-found' })
    expect(await tables()).toEqual(['padron'])
  })

  test('before the first import nobody is told that their RUC does not exist', async () => {
    expect(await ask(inventedRuc(5))).toEqual({ outcome: 'unavailable' })
  })

  test('every day again, and while it loads the register of yesterday answers', async () => {
    await importPadron(padron, inFolder('today.txt'))
    const answers: string[] = []
    let asking = Promise.resolve()
    const done = await importPadron(padron, write('tomorrow.txt', `${padronHeader}\n${lines(0, 9000)}`), {
      onProgress: () => {
        asking = asking.then(async () => void answers.push((await ask(inventedRuc(4))).outcome))
      },
    })
    await asking
    expect(done).toMatchObject({ ok: true, rows: 9000, previousRows: 3000 })
    expect(answers.length).toBeGreaterThan(2)
    expect(new Set(answers)).toEqual(new Set(['found']))
    expect(await ask(inventedRuc(8999))).toMatchObject({ found: { legalName: 'QUISPE 8999' } })
  })

  test('a stray broken line is left out', async () => {
    const file = write('stray.txt', `${padronHeader}\n${lines(0, 20)}20131312955|CORTADO\n\n${lines(20, 40)}`)
    expect(await importPadron(padron, file)).toMatchObject({ ok: true, rows: 40, skippedRows: 1 })
  })
})

describe('a bad file is refused, and the register in use stays', () => {
  beforeEach(async () => {
    await importPadron(padron, inFolder('today.txt'))
  })
  afterEach(async () => {
    expect(await tables()).toEqual(['padron'])
    expect(await ask(inventedRuc(2999))).toMatchObject({ outcome: 'found' })
  })

  const refused = async (file: string, problem: string) => {
    const done = await importPadron(padron, file)
    expect(done).toMatchObject({ ok: false, problem })
    expect(done.ok ? '' : done.text).toMatch(/\. The register in use was left as it is\.$/)
  }

  test('it is not there, or is a folder', async () => {
    await refused(inFolder('nowhere.zip'), 'unreadable')
    await refused(folder, 'unreadable')
  })

  test('it is empty, a picture, or another table', async () => {
    await refused(write('empty.txt', ''), 'not-a-padron')
    await refused(write('photo.zip', '\xff\xd8\xff\xe0 JFIF \n \n'), 'not-a-padron')
    await refused(write('prices.txt', 'Producto;Precio\n1/4 pollo;15\n'), 'not-a-padron')
    await refused(write('rows.txt', lines(0, 100)), 'not-a-padron')
    await refused(write('binary.txt', 'A'.repeat(1_000_000)), 'unreadable')
  })

  test('it has a header and no rows', async () => {
    await refused(write('header.txt', `${padronHeader}\n`), 'no-rows')
    await refused(write('only-header.txt', padronHeader), 'no-rows')
  })

  test('it was cut off on its way', async () => {
    const zip = readFileSync(inFolder('today.zip'))
    writeFileSync(inFolder('cut.zip'), zip.subarray(0, zip.length / 2))
    await refused(inFolder('cut.zip'), 'unreadable')
    await refused(write('cut.txt', `${padronHeader}\n${lines(0, 5000)}20131312955|SUN`), 'unreadable')
  })

  test('it was damaged on its way, in any place', async () => {
    for (const part of [0.05, 0.5, 0.9]) {
      const zip = readFileSync(inFolder('today.zip'))
      const at = Math.floor(zip.length * part)
      zip[at] = (zip[at] ?? 0) ^ 0x10
      writeFileSync(inFolder('damaged.zip'), zip)
      await refused(inFolder('damaged.zip'), 'unreadable')
    }
  })

  test('there is no text in the zip', async () => {
    await writeZip(inFolder('photos.zip'), 'foto.jpg', [Buffer.from('x')])
    await refused(inFolder('photos.zip'), 'unreadable')
  })

  test('many of its lines are no rows', async () => {
    await refused(
      write('broken.txt', `${padronHeader}\n${lines(0, 2900)}${'20131312955|X\n'.repeat(200)}`),
      'broken-rows',
    )
  })

  test('it has less than half of the rows of the one in use', async () => {
    const file = write('small.txt', `${padronHeader}\n${lines(0, 1499)}`)
    await refused(file, 'fewer-rows')
    await refused(write('none.txt', padronHeader), 'no-rows')
  })

  test('it is stopped', async () => {
    const stop = new AbortController()
    const file = write('long.txt', `${padronHeader}\n${lines(0, 9000)}`)
    const done = await importPadron(padron, file, { signal: stop.signal, onProgress: () => stop.abort() })
    expect(done).toMatchObject({ ok: false, problem: 'stopped' })
  })

  test('another import is running', async () => {
    let second: ReturnType<typeof importPadron> | undefined
    const hold = padron.alone('smartket_padron import', async () => {
      second = importPadron(padron, inFolder('today.txt'))
      return second
    })
    expect(await hold).toMatchObject({ ok: false, problem: 'already-running' })
  })
})

test('the operator may insist on a smaller register, never on one without rows', async () => {
  await importPadron(padron, inFolder('today.txt'))
  const small = write('small.txt', `${padronHeader}\n${lines(0, 100)}`)
  expect(await importPadron(padron, small, { force: true })).toMatchObject({
    ok: true,
    rows: 100,
    previousRows: 3000,
  })
  const none = write('none.txt', `${padronHeader}\n`)
  expect(await importPadron(padron, none, { force: true })).toMatchObject({ ok: false, problem: 'no-rows' })
  expect(await ask(inventedRuc(99))).toMatchObject({ outcome: 'found' })
})

/** An import in a process of its own: what it prints, and the process. */
function importElsewhere(file: string) {
  const code = `
    import { openDatabases } from '#src/db/databases.ts'
    import { importPadron } from '#src/ruc/import.ts'
    const [server, file] = process.argv.slice(1)
    const databases = await openDatabases({ server: JSON.parse(server), masterKey: Buffer.alloc(32, 9) })
    let peak = 0
    const onProgress = () => {
      peak = Math.max(peak, process.memoryUsage.rss())
      process.stdout.write('.')
    }
    const done = await importPadron(databases.padron(), file, { onProgress, force: true })
    process.stdout.write(JSON.stringify({ ...done, peak }))
    await databases.close()`
  const args = ['--input-type=module', '-e', code, JSON.stringify(server.address), file]
  const child = spawn(process.execPath, args, {
    cwd: join(import.meta.dirname, '../..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  child.stdout.on('data', (chunk) => {
    printed += chunk
  })
  const ended = once(child, 'close').then(
    () => JSON.parse(printed.replace(/^\.*/, '') || 'null') as { rows: number; peak: number } | null,
  )
  return { child, ended }
}

test('a killed import leaves the register in use, and the next one clears up at once', {
  timeout: 60_000,
}, async () => {
  await importPadron(padron, inFolder('today.txt'))
  await makePadron(inFolder('large.txt'), 200_000)
  const { child, ended } = importElsewhere(inFolder('large.txt'))
  await once(child.stdout, 'data')
  child.kill('SIGKILL')
  expect(await ended).toBeNull()
  expect(await ask(inventedRuc(2999))).toMatchObject({ outcome: 'found' })
  expect((await tables()).filter((name) => name.startsWith('padron_next_'))).toHaveLength(1)
  expect(await importPadron(padron, inFolder('today.zip'))).toMatchObject({ ok: true, previousRows: 3000 })
  expect(await tables()).toEqual(['padron'])
})

test('a server that died in the middle of the exchange has lost nothing', async () => {
  await importPadron(padron, inFolder('today.txt'))
  await padron.run('rename table padron to padron_old')
  expect(await importPadron(padron, inFolder('today.txt'))).toMatchObject({ ok: true, previousRows: 3000 })
  await padron.run('create table padron_old like padron')
  expect(await importPadron(padron, inFolder('today.txt'))).toMatchObject({ ok: true, previousRows: 3000 })
  expect(await tables()).toEqual(['padron'])
})

test('ten times the rows do not take ten times the memory', { timeout: 120_000 }, async () => {
  await makePadron(inFolder('30000.zip'), 30_000)
  await makePadron(inFolder('300000.zip'), 300_000)
  const small = await importElsewhere(inFolder('30000.zip')).ended
  const large = await importElsewhere(inFolder('300000.zip')).ended
  expect([small?.rows, large?.rows]).toEqual([30_000, 300_000])
  // Flat is some 15 MB; holding the columns of all rows took 93 MB.
  expect((large?.peak ?? 0) - (small?.peak ?? 0)).toBeLessThan(50 * 1024 * 1024)
})
