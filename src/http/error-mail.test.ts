import { beforeAll, expect, test } from 'vitest'
import { type ReadyTenant, readyTenant, testDatabases } from '../../tests/support/database.ts'
import { testApp, testServices } from '../../tests/support/http.ts'

let rosa: ReadyTenant
beforeAll(async () => {
  rosa = await readyTenant('Pollería Rosita')
})

const hour = 3_600_000
const begin = Date.parse('2031-05-05T15:00:00Z') + Math.floor(Math.random() * 1e9)

/** A process in which looking a RUC up breaks, and what it writes to Olga. */
async function broken(at: () => number) {
  const databases = await testDatabases()
  const plain = testServices(databases)
  const mails: { to: string; text: string }[] = []
  const begun: Promise<void>[] = []
  const app = testApp({
    ...plain,
    config: { ...plain.config, operatorMail: 'olga@example.com' },
    clock: () => new Date(at()),
    rucLookup: () => Promise.reject(new TypeError('no se esperaba esto')),
    mailer: {
      send: (_kind, prepare) => {
        begun.push(prepare().then((mail) => void (mail && mails.push(mail))))
      },
      deliver: async () => undefined,
      settled: async () => undefined,
    },
  })
  const cookie = await app.cookieOf(rosa)
  return {
    fail: async () => {
      const answer = await app.app('/configurar/ruc?ruc=20131312955', {}, cookie)
      await Promise.all(begun)
      return answer
    },
    mails,
  }
}

test('an error of ours is mailed once an hour, by whichever process meets it', async () => {
  let now = begin
  const [one, other] = [await broken(() => now), await broken(() => now)]
  const answers = [await one.fail(), await one.fail(), await other.fail()]
  expect(answers.map(({ status }) => status)).toEqual([500, 500, 500])
  const [mail] = one.mails
  expect(one.mails).toHaveLength(1)
  expect(other.mails).toHaveLength(0)
  expect(mail).toMatchObject({
    to: 'olga@example.com',
    text: expect.stringContaining('GET /configurar/ruc failed'),
  })
  // What a person typed is not in it; the code finds the line of the log.
  expect(mail?.text).not.toContain('20131312955')
  const code = /Código ([0-9a-f]{8})/.exec((await answers[0]?.text()) ?? '')?.[1]
  expect(mail?.text).toContain(`Code ${code}`)
  now += hour + 1
  await other.fail()
  expect(other.mails).toHaveLength(1)
})
