import { expect, test } from 'vitest'
import { drill } from './support/drill.ts'

const businesses = 50
const middle = (times: readonly number[]) => times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0

test(`${businesses} businesses are destroyed and come back, while tills sell in all of them`, async () => {
  const say = (line: string) => process.stdout.write(`${line}\n`)
  const done = await drill(businesses, say)
  const { restoreMs, pauseMs, ...rest } = done
  say(JSON.stringify({ ...rest, restoreMs: middle(restoreMs), pauseMs: middle(pauseMs) }))
  expect(done).toMatchObject({ equal: businesses, different: [], lost: 0 })
})
