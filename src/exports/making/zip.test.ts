import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, onTestFinished, test } from 'vitest'
import { openZip } from './zip.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

test('tickets that are written are not kept in memory, however many there are', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sk-zip-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const zip = openZip(join(folder, 'todo.zip'), new Date('2026-11-23T20:15:00Z'))
  collect()
  const before = process.memoryUsage().arrayBuffers
  for (let n = 0; n < 600; n++) {
    if (n % 16 === 0) await zip.drained()
    zip.add(`tickets/NV01-${n}.html`, Buffer.from(`${n}`.repeat(2_000)))
  }
  await zip.drained()
  await expect
    .poll(() => {
      collect()
      return process.memoryUsage().arrayBuffers - before
    })
    .toBeLessThan(4_000_000)
  expect(await zip.end()).toBeGreaterThan(0)
})
