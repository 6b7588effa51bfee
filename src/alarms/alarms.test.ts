import { createServer } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Mail } from '#src/accounts/mailer.ts'
import { jobs } from '#src/jobs.ts'
import { ownDatabases } from '../../tests/support/database.ts'
import { testServices } from '../../tests/support/http.ts'
import { beat, raiseAlarms } from './actions.ts'
import { strainFindings } from './alarm.ts'

let own: Awaited<ReturnType<typeof ownDatabases>>
beforeAll(async () => {
  own = await ownDatabases()
})
afterAll(() => own.stop())

const now = new Date('2026-11-24T15:00:00Z')

function watcher(operatorMail: string | null = 'olga@example.com') {
  const mails: Mail[] = []
  const said: string[] = []
  const { config } = testServices(own.databases)
  const mailer = {
    send: () => {},
    settled: async () => {},
    deliver: async (mail: Mail) => void mails.push(mail),
  }
  // A name that nobody has: the doctor finds that its visitors do not get here.
  const elsewhere = { ...config, operatorMail, landingOrigin: 'https://nadie.invalid' }
  const context = {
    databases: own.databases,
    config: elsewhere,
    mailer,
    say: (line: string) => void said.push(line),
  }
  return { mails, said, look: (at = now) => raiseAlarms(context, at, jobs) }
}

test('what is wrong is told once, by whichever process looks first, and again after six hours', async () => {
  const [one, other] = [watcher(), watcher()]
  await one.look()
  expect(one.mails).toHaveLength(1)
  expect(one.mails[0]?.to).toBe('olga@example.com')
  expect(one.mails[0]?.text).toContain('nadie.invalid')
  await other.look(new Date(now.getTime() + 900_000))
  expect(other.mails).toEqual([])
  expect(other.said.length).toBeGreaterThan(0)
  await other.look(new Date(now.getTime() + 6 * 3_600_000 + 1))
  expect(other.mails).toHaveLength(1)
})

test('a mail that was refused is written again at the next look', async () => {
  const { config } = testServices(own.databases)
  const taken: Mail[] = []
  let isRefused = true
  const deliver = async (mail: Mail) => {
    if (isRefused) throw new Error('refused')
    taken.push(mail)
  }
  const elsewhere = { ...config, operatorMail: 'olga@example.com', landingOrigin: 'https://nadie.invalid' }
  const mailer = { send: () => {}, settled: async () => {}, deliver }
  const context = { databases: own.databases, config: elsewhere, mailer, say: () => {} }
  const later = (hours: number) => new Date(now.getTime() + (100 + hours) * 3_600_000)
  await expect(raiseAlarms(context, later(0), jobs)).rejects.toThrow('refused')
  isRefused = false
  await raiseAlarms(context, later(0.25), jobs)
  expect(taken).toHaveLength(1)
})

test('without an address to write to, the run says it all the same', async () => {
  const nobody = watcher(null)
  await nobody.look()
  expect(nobody.mails).toEqual([])
  expect(nobody.said.join('\n')).toContain('hosts')
})

test('a process that is late, or whose requests waited in vain, is a finding', () => {
  const calm = { latenessP99Ms: 30, waitTimeouts: 4 }
  expect(strainFindings(calm, calm).every(({ ok }) => ok)).toBe(true)
  expect(strainFindings({ latenessP99Ms: 900, waitTimeouts: 7 }, calm).map(({ ok }) => ok)).toEqual([
    false,
    false,
  ])
  expect(strainFindings({ ...calm, waitTimeouts: 7 }, null).every(({ ok }) => ok)).toBe(true)
})

test('the heartbeat calls an address outside, and fails where it is refused', async () => {
  let calls = 0
  const server = createServer((_request, response) => {
    calls += 1
    response.writeHead(calls === 1 ? 200 : 500).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const { config } = testServices(own.databases)
  const beating = { config: { ...config, heartbeatUrl: `http://127.0.0.1:${port}/latido` } }
  await beat(beating)
  await expect(beat(beating)).rejects.toThrow('500')
  await beat({ config })
  expect(calls).toBe(2)
  server.close()
})
