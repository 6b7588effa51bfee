import { expect, test } from 'vitest'
import { testDatabases } from '../../tests/support/database.ts'
import { testApp, testServices } from '../../tests/support/http.ts'

const token = 'una-clave-de-prueba'

async function machine() {
  const plain = testServices(await testDatabases())
  const { server } = testApp({ ...plain, config: { ...plain.config, metricsToken: token } })
  return (headers: Record<string, string>, remote = '203.0.113.9') =>
    server.request(
      'http://localhost/metrics',
      { headers },
      { incoming: { socket: { remoteAddress: remote } } },
    )
}

test('the figures are for this machine, and for whoever has the token', async () => {
  const ask = await machine()
  const seen = [
    await ask({}, '127.0.0.1'),
    await ask({}, '::1'),
    await ask({ Authorization: `Bearer ${token}` }),
    await ask({}),
    await ask({ Authorization: 'Bearer otra' }),
    await ask({ Authorization: token }),
    // Through the proxy everybody comes from this machine.
    await ask({ 'X-Forwarded-For': '203.0.113.9' }, '127.0.0.1'),
  ]
  expect(seen.map(({ status }) => status)).toEqual([200, 200, 200, 404, 404, 404, 404])
  expect(await seen[0]?.text()).toContain('smartket_process_resident_memory_bytes')
})
