import { expect, test } from 'vitest'
import { drill } from '../../../tests/support/drill.ts'

// Over 50 businesses it is a command of its own: `npm run drill`.
test('every business is destroyed and comes back equal, while tills sell in all of them', async () => {
  const done = await drill(3)
  expect(done).toMatchObject({ tenants: 3, equal: 3, different: [], lost: 0 })
  expect(done.answered).toBeGreaterThan(6)
}, 180_000)
