import type { Config } from '#src/config.ts'
import { type ConfigAnswer, readConfig } from '#src/config.ts'
import type { Databases } from '#src/db/databases.ts'

/** What a person can mend: its message is shown as it is, without a stack. */
export class Refusal extends Error {
  readonly exitCode: number
  /** Its name, for `--json`. */
  readonly problem: string
  constructor(message: string, exitCode = 1, problem = exitCode === 2 ? 'usage' : 'refused') {
    super(message)
    this.exitCode = exitCode
    this.problem = problem
  }
}

/** The configuration, or an end with one sentence for each wrong variable. */
export function configOrRefuse(answer: ConfigAnswer = readConfig()): Config {
  if (answer.ok) return answer.config
  throw new Refusal(answer.problems.join('\n'), 2)
}

export type Opened = { config: Config; databases: Databases }

/** For as long as one command lasts: its databases, with their tables as this release knows them. */
export async function withDatabases<T>(
  work: (opened: Opened) => Promise<T>,
  options: { migrate?: boolean } = {},
): Promise<T> {
  const config = configOrRefuse()
  const { openServer } = await import('#src/db/open-server.ts')
  const { openDatabases } = await import('#src/db/databases.ts')
  const server = await openServer(config)
  const unlisten = onSignal(() => server.stop())
  try {
    const databases = await openDatabases({
      servers: server.servers,
      masterKey: config.databaseKey,
      connections: 6,
    })
    try {
      if (options.migrate !== false) {
        const { migrateAdmin } = await import('#src/db/migrate.ts')
        await migrateAdmin(databases)
      }
      return await work({ config, databases })
    } finally {
      await databases.close()
    }
  } finally {
    unlisten()
    await server.stop()
  }
}

/** Ctrl-C ends a command at once, but not without the database that it started. */
function onSignal(stop: () => Promise<void>): () => void {
  const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  const end = (name: NodeJS.Signals) => {
    void stop().finally(() => process.exit(codes[name as keyof typeof codes]))
  }
  for (const name of names) process.on(name, end)
  return () => {
    for (const name of names) process.off(name, end)
  }
}

/** What a command says: `data` for `--json`, `text` for a person. */
export type Answer = { data: unknown; text: string; failed?: boolean }

export function print(answer: Answer, options: { json?: boolean }): void {
  process.stdout.write(`${options.json ? JSON.stringify(answer.data) : answer.text}\n`)
  if (answer.failed) throw new Refusal('')
}

/** A sentence where it is something that a person can mend; otherwise all there is, without parameters of queries. */
export async function explain(error: unknown): Promise<string> {
  const { EmbeddedProblem } = await import('#src/db/embedded.ts')
  if (error instanceof Refusal || error instanceof EmbeddedProblem) return error.message
  const { describeError, errnoOf } = await import('#src/db/errors.ts')
  const code = (error as NodeJS.ErrnoException | null)?.code
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'ETIMEDOUT') {
    return `The database of DATABASE_URL does not answer (${code}).`
  }
  if (errnoOf(error) === 1045) return 'The database of DATABASE_URL refuses this user or password.'
  if (code === 'PROTOCOL_CONNECTION_LOST')
    return 'The database stopped while this command was using it; run it again.'
  const { name, message, query, stack } = describeError(error)
  return [`${name}: ${message}`, ...(query ? [query] : []), stack].join('\n')
}
