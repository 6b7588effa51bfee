import { expect, test } from 'vitest'
import { copyFileName, isNight, type Manifest, manifestText, parseManifest } from './manifest.ts'

const hash = 'a'.repeat(64)
const manifest: Manifest = {
  format: 1,
  night: '2026-11-23',
  smartket: '0.1.0',
  startedAt: '2026-11-23T08:00:00.000Z',
  finishedAt: '2026-11-23T08:04:00.000Z',
  entries: [
    {
      tenantId: 12,
      uid: '8c2c1f4e-6f0e-4e07-9a51-0d4d3d2c9b11',
      generation: 2,
      nombreDb: 'db_cliente_12_g2',
      serverId: 1,
      schemaVersion: 1,
      kind: 'dumped',
      dumpedOn: '2026-11-23',
      file: 'backup-12.sql.gz',
      bytes: 4096,
      sha256: hash,
      fingerprint: {
        uid: '8c2c1f4e-6f0e-4e07-9a51-0d4d3d2c9b11',
        position: { file: 'binlog.000004', offset: 1187, gtid: '0-1-9' },
        tables: [{ name: 'sales', rows: 2, checksum: '3828798185' }],
        sales: { made: 2, centimos: 3000 },
        registers: [{ id: 1, made: 2, lastNumber: 2 }],
        contentHash: hash,
        definitionsHash: hash,
      },
      isExact: true,
      takenAt: '2026-11-23T08:00:01.000Z',
      durationMs: 61,
    },
    { tenantId: 13, nombreDb: 'db_cliente_13', problem: 'its database server does not answer' },
  ],
}

test('a manifest comes back from its file as it was', () => {
  expect(parseManifest(manifestText(manifest))).toEqual({ ok: true, manifest })
})

const changed = (change: object) => ({ ...manifest, entries: [{ ...manifest.entries[0], ...change }] })
test.each<[string, unknown]>([
  ['cut', manifestText(manifest).slice(0, 300)],
  ['of a later format', { ...manifest, format: 2 }],
  ['of no night', { ...manifest, night: '../../etc' }],
  ['one whose file lies elsewhere', changed({ file: '../../../etc/passwd' })],
  ['one whose file is called otherwise', changed({ file: 'backup-12.sql.gz.part' })],
  ['one with half a checksum', changed({ sha256: hash.slice(1) })],
  ['one with a negative size', changed({ bytes: -1 })],
  ['empty', ''],
  ['null', 'null'],
])('%s is no manifest', (_, given) => {
  const text = typeof given === 'string' ? given : JSON.stringify(given)
  expect(parseManifest(text)).toEqual({ ok: false, problem: 'not-a-manifest' })
})

test('files are named as the founding document names them', () => {
  expect([copyFileName(123), copyFileName(0)]).toEqual(['backup-123.sql.gz', 'backup-admin.sql.gz'])
})

test.each([
  ['2026-11-23', true],
  ['2026-02-30', false],
  ['2026-13-01', false],
  ['manifest.json', false],
  ['2026-11-23.old', false],
])('%s as a night: %s', (text, is) => {
  expect(isNight(text)).toBe(is)
})
