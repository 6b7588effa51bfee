import { type Answer, Refusal, withDatabases } from '#src/process.ts'
import type { Moved } from '#src/tenants/move/actions.ts'

export function listServers(): Promise<Answer> {
  return withDatabases(async ({ databases }) => {
    const { serverStates } = await import('#src/servers/queries.ts')
    const data = (await serverStates(databases)).map(({ state, ...server }) => ({
      ...server,
      state: state.kind,
      version: state.kind === 'answers' ? state.version : null,
    }))
    const lines = data.map(
      ({ id, name, status, used, capacity, state, version }) =>
        `${String(id).padStart(4)}  ${name.padEnd(20)}  ${status.padEnd(8)}  ${`${used}/${capacity}`.padStart(11)}  ${version ?? state}`,
    )
    return { data, text: lines.join('\n'), failed: data.some(({ state }) => state !== 'answers') }
  })
}

export function addServer(id: number, options: { name: string; capacity: number }): Promise<Answer> {
  return withDatabases(async ({ databases }) => {
    const [{ addServer }, { serverTexts }] = await Promise.all([
      import('#src/servers/actions.ts'),
      import('#src/servers/texts.ts'),
    ])
    const added = await addServer(databases, { id, ...options }, new Date())
    if (!added.ok) throw new Refusal(serverTexts[added.problem])
    return { data: { id, ...options }, text: `Server ${id}, ${options.name}, is open for new businesses.` }
  })
}

type Change = { status?: 'open' | 'full'; capacity?: number; name?: string; json?: boolean }

export function changeServer(id: number, { json: _, ...change }: Change): Promise<Answer> {
  return withDatabases(async ({ databases }) => {
    const [{ changeServer }, { serverTexts }] = await Promise.all([
      import('#src/servers/actions.ts'),
      import('#src/servers/texts.ts'),
    ])
    const changed = await changeServer(databases, id, change, new Date())
    if (!changed.ok) throw new Refusal(serverTexts[changed.problem])
    const { name, status, used, capacity } = changed.server
    return { data: changed.server, text: `Server ${id}, ${name}: ${status}, ${used} of ${capacity}.` }
  })
}

export function drainServer(id: number, options: { json?: boolean }): Promise<Answer> {
  return withDatabases(async ({ databases }) => {
    const [{ drainServer }, { serverTexts }, { moveTexts }, { progressBar }, { describeError }] =
      await Promise.all([
        import('#src/servers/actions.ts'),
        import('#src/servers/texts.ts'),
        import('#src/tenants/move/texts.ts'),
        import('#src/progress.ts'),
        import('#src/db/errors.ts'),
      ])
    const bar = progressBar(options.json !== true)
    const drained = await drainServer(databases, id, {
      clock: () => new Date(),
      onProgress: ({ done, all, tenantId }) => bar.show(done, all, `business ${tenantId}`),
      explain: (error) => describeError(error).message,
    }).finally(() => bar.stop())
    if (!drained.ok) throw new Refusal(serverTexts[drained.problem])
    const sentence = (problem: string) => (moveTexts as Record<string, string>)[problem] ?? problem
    const { moved, failed, spares } = drained
    const lines = [
      `${moved} businesses moved away, ${failed.length} not; ${spares} spares thrown away.`,
      ...failed.map(({ tenantId, problem }) => `business ${tenantId}: ${sentence(problem)}`),
    ]
    return { data: { moved, failed, spares }, text: lines.join('\n'), failed: failed.length > 0 }
  })
}

type MoveOptions = { to?: number; back?: boolean; json?: boolean }

export function moveTenant(id: number, { to, back = false, json = false }: MoveOptions): Promise<Answer> {
  if ((to === undefined) === !back) throw new Refusal('Say where to: --to <server>, or --back.', 2)
  return withDatabases(async ({ databases }) => {
    const [moving, { progressBar }] = await Promise.all([
      import('#src/tenants/move/actions.ts'),
      import('#src/progress.ts'),
    ])
    const bar = progressBar(!json)
    const options = {
      clock: () => new Date(),
      onProgress: ({ round, seen, all }: { round: number; seen: number; all: number }) =>
        bar.show(Math.round((seen / Math.max(all, 1)) * 1000), 1000, `round ${round}, ${seen} rows`),
    }
    const moved = await (back
      ? moving.moveBack(databases, id, options)
      : moving.moveTenant(databases, { tenantId: id, to: to ?? 0 }, options)
    ).finally(() => bar.stop())
    return answerOf(id, moved)
  })
}

async function answerOf(id: number, moved: Moved): Promise<Answer> {
  if (!moved.ok) {
    const { moveTexts } = await import('#src/tenants/move/texts.ts')
    return {
      data: { tenant: id, ...moved },
      text: `Business ${id}: ${moveTexts[moved.problem]}`,
      failed: true,
    }
  }
  const { from, to, nombreDb, pauseMs, lastRows, tables, sales } = moved
  const text = [
    `Business ${id} works on server ${to} now (${nombreDb}); before, on server ${from}.`,
    `Nobody was let in for ${(pauseMs / 1000).toFixed(2)} s, in which ${lastRows} rows were copied and compared: ${tables} tables and ${sales} sales are equal.`,
    `What it left on server ${from} is kept for 7 days. Undo, with what is sold until then: smartket tenants move ${id} --back`,
    `Its next copy is tonight's; now: smartket backup run --tenant ${id}`,
  ]
  return { data: { tenant: id, ...moved }, text: text.join('\n') }
}
