import { afterEach, expect, test, vi } from 'vitest'
import { packRows } from '../packing.ts'
import { inWorker } from './in-worker.ts'

afterEach(() => void vi.useRealTimers())

async function* none() {}

test('a plan that takes longer than a minute is a refusal, and the next one is made', async () => {
  const rows = await packRows([{ number: 1, cells: [{ text: 'Arroz', kind: 'text' }] }])
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const endless = inWorker('plan', { guesses: rows }, none(), () => {
    vi.advanceTimersByTime(60_000)
    return false
  })
  expect(await endless).toEqual({ ok: false, problem: 'too-slow' })
  expect(await inWorker('plan', { guesses: rows }, none(), () => true)).toEqual({ ok: true })
})
