import { beforeAll, expect, test } from 'vitest'
import { imports, products } from '#src/db/tenant-schema.ts'
import { refused } from '../../tests/corpus/refused.ts'
import { type ReadyTenant, readyTenant, testDatabases } from '../../tests/support/database.ts'
import { testApp, testServices } from '../../tests/support/http.ts'
import { fileTexts } from './texts.ts'

let rosa: ReadyTenant
let ask: Awaited<ReturnType<ReturnType<typeof testApp>['as']>>

beforeAll(async () => {
  rosa = await readyTenant()
  ask = await testApp(testServices(await testDatabases())).as(rosa)
})

function upload(bytes: Uint8Array, name: string, path = '/productos/importar') {
  const body = new FormData()
  body.set('file', new File([new Uint8Array(bytes)], name))
  return ask(path, { body })
}

// Every file of the corpus that is no list of products, sent as Rosa would send it.
for (const { name, file, fileName = 'lista.xlsx', problem, rows = 0 } of refused) {
  test(`a file that is no list is refused with its own sentence: ${name}`, async () => {
    const before = await rosa.db.$count(products)
    const response = await upload(await file(), fileName)
    expect(response.status).toBe(422)
    expect(await response.text()).toContain(fileTexts[problem](rows))
    expect(await rosa.db.$count(products)).toBe(before)
    expect(await rosa.db.$count(imports)).toBe(0)
  })
}

test('the wizard refuses it with the same sentence, and Rosa stays in the wizard', async () => {
  const response = await upload(Buffer.from('%PDF-1.7'), 'lista.xlsx', '/configurar/productos/excel')
  expect(response.status).toBe(422)
  const page = await response.text()
  expect(page).toContain('Ese archivo no es un Excel.')
  expect(page).toContain('Paso 4 de 4')
})
