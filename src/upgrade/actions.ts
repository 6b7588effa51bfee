import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  askBrought,
  askRelease,
  type Home,
  keepRelease,
  migrateBy,
  pointTo,
  programOf,
  readSwitch,
  writeSwitch,
} from './releases.ts'
import {
  canRead,
  isOpen,
  type Release,
  releaseText,
  rollbackProblem,
  type Switch,
  type UpgradeProblem,
  upgradeProblem,
} from './upgrade.ts'

export type Host = {
  home: Home
  /** Ends the process and starts the one that `current` names; the socket stays open meanwhile. */
  restart(): Promise<void>
  /** Which release answers that its databases are there; null when none does. */
  serving(): Promise<Release | null>
  /** The admin database and the positions of the binary log: the night that holds them, or null. */
  copyAdmin(): Promise<string | null>
  clock(): Date
  say(line: string): void
  /** How long a release may take to be well, and how long it must then stay so. */
  readyMs: number
  steadyMs: number
}

export type Upgraded = { ok: true; to: Release } | { ok: false; problem: UpgradeProblem; found?: string }

/**
 * Another release in the place of the one that runs. Up to the switch nothing changes for anybody: a release serves
 * databases that are newer than itself as long as they say that it may. The switch is a link and a restart behind a
 * socket that stays open; whoever comes meanwhile waits in it. A release that does not get well is taken back.
 */
export async function upgrade(host: Host, file: string, isMeant: boolean): Promise<Upgraded> {
  const { home, say } = host
  if (!existsSync(home.current)) return { ok: false, problem: 'no-installation' }
  const from = await askRelease(`${home.current}/smartket`)
  const to = await askRelease(file)
  if (!from) return { ok: false, problem: 'no-installation' }
  if (!to) return { ok: false, problem: 'not-smartket' }
  const brought = await askBrought(file)
  const last = readSwitch(home)
  const problem = upgradeProblem({ from, to, brought, last }, host.clock(), isMeant)
  if (problem) return { ok: false, problem }
  say(`${releaseText(from)} → ${releaseText(to)}, ${brought.length} migrations`)
  const night = await host.copyAdmin()
  if (night === null) return { ok: false, problem: 'no-copy' }
  say(`admin database and positions copied (${night})`)
  keepRelease(home, to, file)
  const migrated = await migrateBy(programOf(home, to))
  if (!migrated.ok) return { ok: false, problem: 'migration-failed', found: migrated.found }
  say('databases migrated, canary first')
  const state: Switch = {
    from,
    to,
    at: host.clock().toISOString(),
    night,
    brought,
    confirmedAt: null,
    wentBackAt: null,
  }
  return switchTo(host, state)
}

async function switchTo(host: Host, state: Switch): Promise<Upgraded> {
  const { home, say } = host
  writeSwitch(home, state)
  pointTo(home, state.to)
  await host.restart()
  if (await getsWell(host, state.to)) {
    say('serving, and well')
    return { ok: true, to: state.to }
  }
  if (!canRead(state.from, state.brought)) return { ok: false, problem: 'old-cannot-read' }
  say('not well in time: going back')
  await goBack(host, state)
  return { ok: false, problem: 'went-back' }
}

/** The release of before, on the databases as they are now. Refused where it could not read them. */
export async function rollback(host: Host): Promise<Upgraded> {
  const last = readSwitch(host.home)
  const problem = rollbackProblem(last)
  if (problem || !last) return { ok: false, problem: problem ?? 'nothing-to-go-back-to' }
  if (!existsSync(programOf(host.home, last.from))) return { ok: false, problem: 'nothing-to-go-back-to' }
  const isWell = await goBack(host, last)
  return isWell
    ? { ok: true, to: last.from }
    : { ok: false, problem: 'old-cannot-read', found: 'not well in time' }
}

async function goBack(host: Host, state: Switch): Promise<boolean> {
  pointTo(host.home, state.from)
  writeSwitch(host.home, { ...state, wentBackAt: host.clock().toISOString() })
  await host.restart()
  return getsWell(host, state.from)
}

/** From now on there is no need of a way back: the next release may take things away. */
export function confirmUpgrade(host: Pick<Host, 'home' | 'clock'>): Upgraded {
  const last = readSwitch(host.home)
  if (!last || !isOpen(last, host.clock())) return { ok: false, problem: 'nothing-to-confirm' }
  writeSwitch(host.home, { ...last, confirmedAt: host.clock().toISOString() })
  return { ok: true, to: last.to }
}

/** Well is: this release says so, and goes on saying so for a while. */
async function getsWell(host: Host, release: Release): Promise<boolean> {
  const deadline = Date.now() + host.readyMs
  let since: number | null = null
  while (Date.now() < deadline + host.steadyMs) {
    const answer = await host.serving()
    const isOurs = answer?.version === release.version && answer.commit === release.commit
    if (!isOurs) since = null
    else if (since === null) since = Date.now()
    else if (Date.now() - since >= host.steadyMs) return true
    if (since === null && Date.now() > deadline) return false
    await sleep(200)
  }
  return false
}
