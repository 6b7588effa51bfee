import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { place } from '#src/install/place.ts'
import { type Answer, configOrRefuse, Refusal, withDatabases } from '#src/process.ts'
import { confirmUpgrade, type Host, rollback, type Upgraded, upgrade } from '#src/upgrade/actions.ts'
import { upgradeTexts } from '#src/upgrade/texts.ts'
import { parseRelease, releaseText } from '#src/upgrade/upgrade.ts'

type Options = { confirm?: boolean; acceptNoWayBack?: boolean; wait: number; restart: string; json?: boolean }

/** `smartket upgrade FILE`, and `--confirm` when a day of selling has shown that it is good. */
export async function upgradeTo(file: string | undefined, options: Options): Promise<Answer> {
  const host = hostOf(options)
  if (options.confirm) return answer(confirmUpgrade(host), 'confirmed; there is no way back to before')
  if (!file) throw new Refusal('Which executable? smartket upgrade ./smartket', 2)
  const done = await upgrade(host, file, options.acceptNoWayBack ?? false)
  return answer(done, 'serves. Back: smartket rollback. When it is good: smartket upgrade --confirm')
}

export async function rollBack(options: Options): Promise<Answer> {
  return answer(await rollback(hostOf(options)), 'serves again')
}

function answer(done: Upgraded, text: string): Answer {
  if (done.ok) return { data: done, text: `${releaseText(done.to)} ${text}.` }
  const found = done.found ? `\n${done.found}` : ''
  throw new Refusal(`${upgradeTexts[done.problem]}${found}`, 1, done.problem)
}

/** This machine: systemd restarts, the socket stays, and the address answers which release it is. */
function hostOf({ wait, restart, json }: Options): Host {
  const config = configOrRefuse()
  const [program = '', ...args] = restart.split(' ')
  return {
    home: {
      releases: place.releases,
      current: place.current,
      dataFolder: config.dataFolder,
    },
    restart: async () => void (await promisify(execFile)(program, args)),
    serving: () => servingAt(config.port),
    copyAdmin,
    clock: () => new Date(),
    say: (line) => void (json || process.stdout.write(`${line}\n`)),
    readyMs: wait * 1_000,
    steadyMs: 5_000,
  }
}

/** Only said to this machine: behind the proxy nobody learns which release runs. */
export async function servingAt(port: number) {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(5_000) })
    return response.ok ? parseRelease(response.headers.get('X-SmartKet-Release') ?? '') : null
  } catch {
    return null
  }
}

/** Without waiting for the three o'clock copy: the admin database alone, with the positions of the log. */
function copyAdmin(): Promise<string | null> {
  return withDatabases(
    async (opened) => {
      const { runNight } = await import('#src/backups/night/actions.ts')
      const copied = await runNight(
        { ...opened, clock: () => new Date(), signal: new AbortController().signal },
        { tenantIds: [0], waitMs: 600_000 },
      )
      return copied.ok && copied.report.failed.length === 0 ? copied.report.night : null
    },
    { migrate: false },
  )
}
