import { readFileSync } from 'node:fs'
import type { StoreContext } from '#src/backups/store/actions.ts'
import type { Config } from '#src/config.ts'
import { type Answer, type Opened, Refusal, withDatabases } from '#src/process.ts'

// The copies elsewhere, by hand. The same functions run as jobs.

/** Whether copies get there, come back and open, told by doing it. */
export function checkStore(): Promise<Answer> {
  return withDatabases(async ({ config, databases }) => {
    const configured = storeOrRefuse(config)
    const [{ checkStore }, { openStore }] = await Promise.all([
      import('#src/backups/store/check/actions.ts'),
      import('#src/backups/store/s3.ts'),
    ])
    const store = await openStore(configured)
    try {
      const findings = await checkStore(store, configured, () => new Date(), databases.admin)
      const text = findings.map(
        ({ name, ok, found, mend }) =>
          `${ok ? 'ok  ' : 'BAD '} ${name}: ${found}${mend ? `\n     ${mend}` : ''}`,
      )
      return { data: findings, text: text.join('\n'), failed: findings.some(({ ok }) => !ok) }
    } finally {
      store.close()
    }
  })
}

/** The newest nights, or one of them, and the binary logs: what the jobs send, now. */
export function sendToStore(options: { night?: string; json?: boolean }): Promise<Answer> {
  return withDatabases(async (opened) => {
    storeOrRefuse(opened.config)
    const [{ sendCopies, sendLogs }, { isNight }, { progressBar }] = await Promise.all([
      import('#src/backups/store/actions.ts'),
      import('#src/backups/manifest.ts'),
      import('#src/progress.ts'),
    ])
    const { night } = options
    if (night !== undefined && !isNight(night)) throw new Refusal(`«${night}» is not a night: 2026-11-23`, 2)
    const lines: string[] = []
    const bar = progressBar(options.json !== true)
    const context: StoreContext = {
      ...contextOf(opened, lines),
      onProgress: ({ done, all, bytes }) => bar.show(done, all, `${(bytes / 1_000_000).toFixed(1)} MB`),
    }
    const never = new AbortController().signal
    const nights = await sendCopies(context, never, night).finally(() => bar.stop())
    if (nights === null) throw new Refusal('Copies are being sent already; wait for their end.')
    const logs = await sendLogs(context, never)
    const isDone = nights.every((one) => one.ok && one.broken.length === 0) && logs?.ok !== false
    return { data: { nights, logs }, text: lines.join('\n'), failed: !isDone }
  })
}

/** Deletes there what is not to be kept. */
export function pruneStore(): Promise<Answer> {
  return withDatabases(async (opened) => {
    storeOrRefuse(opened.config)
    const { pruneStore } = await import('#src/backups/store/actions.ts')
    const lines: string[] = []
    const result = await pruneStore(contextOf(opened, lines), new AbortController().signal)
    if (result === null) throw new Refusal('Another process deletes there already; wait for its end.')
    return { data: result, text: lines.join('\n'), failed: !result.ok }
  })
}

/** Puts lost keys of businesses back from the store; takes the private half of a recovery key, from a file. */
export function recoverKeys(options: { identity: string }): Promise<Answer> {
  return withDatabases(async ({ config, databases }) => {
    const configured = storeOrRefuse(config)
    const identities = identitiesIn(options.identity)
    const [{ recoverKeys }, { openStore }] = await Promise.all([
      import('#src/backups/store/keys/recovery.ts'),
      import('#src/backups/store/s3.ts'),
    ])
    const store = await openStore(configured)
    try {
      const data = await recoverKeys(databases.admin, store, identities)
      const text = `${data.added} keys put back, ${data.replaced} put in place of newer ones, from ${data.lists} nights`
      return { data, text }
    } finally {
      store.close()
    }
  })
}

/** For good. Without `--yes` it only says what would happen. */
export function eraseCopies(id: number, options: { yes?: boolean }): Promise<Answer> {
  return withDatabases(async ({ databases }) => {
    const [{ eraseCopies }, { logDays }] = await Promise.all([
      import('#src/backups/store/keys/actions.ts'),
      import('#src/backups/store/pruning/retention.ts'),
    ])
    const what = `every copy of business ${id} in the store, which nobody opens any more in ${logDays} days, or when the bucket's own rules have deleted the last list of keys`
    if (!options.yes) return { data: { tenant: id, erased: false }, text: `This erases ${what}. Say --yes.` }
    const erased = await eraseCopies(databases.admin, id, new Date())
    if (!erased.ok) throw new Refusal(notErased[erased.problem])
    return { data: { tenant: id, erased: true }, text: `Erased: ${what}.` }
  })
}

const notErased: Record<'living' | 'no-key', string> = {
  living: 'This business is not deleted: smartket tenants delete ID comes first.',
  'no-key': 'No key of this business is here: nothing was ever sent, or its copies are erased already.',
}

const contextOf = ({ config, databases }: Opened, lines: string[]): StoreContext => ({
  config,
  databases,
  clock: () => new Date(),
  say: (line) => lines.push(line),
})

function storeOrRefuse({ store }: Config): NonNullable<Config['store']> {
  if (store) return store
  throw new Refusal('No store is configured: SMARTKET_STORE_URL and the variables beside it.')
}

/** A file of age-keygen's: its lines that are no comment. */
export function identitiesIn(path: string): string[] {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    throw new Refusal(`${path} cannot be read.`, 2)
  }
  const identities = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('AGE-SECRET-KEY-'))
  if (identities.length === 0) throw new Refusal(`${path} holds no private key of age's.`, 2)
  return identities
}
