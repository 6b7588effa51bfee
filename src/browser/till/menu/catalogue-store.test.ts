import { afterEach, expect, it, vi } from 'vitest'
import { loadCatalogue } from './catalogue-store.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

const answer = (version: string) =>
  vi.stubGlobal('fetch', async () => Response.json({ version, categories: [], products: [] }))

it("takes its own business's menu, whatever its version", async () => {
  answer('9f1c1c7e-13')
  expect(await loadCatalogue('9f1c1c7e-12', 1)).toMatchObject({ version: '9f1c1c7e-13' })
})

it('never takes the menu of the business that another tab has entered', async () => {
  answer('cafe0123-12')
  expect(await loadCatalogue('9f1c1c7e-12', 1)).toBeNull()
})
