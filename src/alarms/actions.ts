import type { Mailer } from '#src/accounts/mailer.ts'
import type { Config } from '#src/config.ts'
import type { Databases } from '#src/db/databases.ts'
import { examine } from '#src/doctor/actions.ts'
import type { Finding } from '#src/doctor/finding.ts'
import { forgetHits, takeHit } from '#src/http/rate-limit.ts'
import type { Job } from '#src/jobs/schedule.ts'
import { latenessP99 } from '#src/metrics/guard.ts'
import { alarmSubject, alarmText, type Strain, strainFindings } from './alarm.ts'

type Context = { databases: Databases; config: Config; mailer: Mailer; say(line: string): void }

/** The same thing is told again after six hours, not before. */
const told = { bucket: 'alarm', max: 1, windowSeconds: 6 * 3_600 }

let before: Strain | null = null

/**
 * What the doctor would call BAD, told to the operator once. Every process may look; rows in the admin database
 * decide who writes. Where nobody is to be written to, the run itself says it.
 */
export async function raiseAlarms(
  { databases, config, mailer, say }: Context,
  now: Date,
  jobs: readonly Job[],
): Promise<void> {
  const strain = { latenessP99Ms: latenessP99(), waitTimeouts: waitTimeouts(databases) }
  const findings = [...(await examine(config, databases, { now, jobs })), ...strainFindings(strain, before)]
  before = strain
  const bad = findings.filter(({ ok }) => !ok)
  for (const { name, found } of bad) say(`${name}: ${found}`)
  if (!config.operatorMail || bad.length === 0) return
  const fresh = []
  for (const one of bad) if ((await takeHit(databases.admin, told, subjectOf(one), now)).ok) fresh.push(one)
  if (fresh.length === 0) return
  const text = alarmText(fresh, config.operatorOrigin)
  const html = `<pre>${text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign)}</pre>`
  const mail = { kind: 'alarm', to: config.operatorMail, subject: alarmSubject(fresh), text, html } as const
  try {
    await mailer.deliver(mail)
  } catch (error) {
    // Nobody was told: the next look tells it.
    for (const one of fresh) await forgetHits(databases.admin, told, subjectOf(one))
    throw error
  }
}

/** One name may stand for several things; what is to be done about each tells them apart. */
const subjectOf = (one: Finding) => `${one.name} ${one.ok ? '' : one.mend}`

const waitTimeouts = (databases: Databases) => databases.pools().reduce((sum, pool) => sum + pool.timeouts, 0)

/** Tells a watcher outside that this machine still works. Silence is the alarm, and it is theirs. */
export async function beat({ config }: Pick<Context, 'config'>): Promise<void> {
  if (!config.heartbeatUrl) return
  const answer = await fetch(config.heartbeatUrl, { signal: AbortSignal.timeout(10_000) })
  await answer.body?.cancel()
  if (!answer.ok) throw new Error(`the heartbeat was answered ${answer.status}`)
}

/** After a good night: an address outside that does not answer makes no bad night of it. */
export async function beatIfAnswered(context: Pick<Context, 'config' | 'say'>): Promise<void> {
  await beat(context).catch((error: Error) => context.say(`the heartbeat was not heard: ${error.message}`))
}
