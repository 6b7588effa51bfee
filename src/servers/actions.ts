import { and, asc, eq } from 'drizzle-orm'
import { adminDatabase } from '#src/db/accounts.ts'
import { servers, tenants } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { type Moved, moveTenant } from '#src/tenants/move/actions.ts'
import { discardHalfMade, giveUpSpares } from '#src/tenants/spares.ts'
import { listServers, type ServerState, serverState, serversWithRoom } from './queries.ts'
import { isOldMariaDb, type Server, type ServerStatus } from './servers.ts'

export type AddProblem = 'there' | 'no-address' | 'silent' | 'too-old' | 'same' | 'not-empty'
export type ServerProblem = 'no-server' | 'last'
type Refused<Problem> = { ok: false; problem: Problem }

/** One more database server for new businesses. Its address stands in the environment; here is its number. */
export async function addServer(
  databases: Databases,
  { id, name, capacity }: { id: number; name: string; capacity: number },
  now: Date,
): Promise<{ ok: true } | Refused<AddProblem>> {
  const all = await listServers(databases.admin)
  if (all.some((server) => server.id === id)) return refuse('there')
  const state = await serverState(databases, id)
  if (state.kind !== 'answers') return refuse(state.kind)
  if (isOldMariaDb(state.version)) return refuse('too-old')
  for (const other of all) if (isSame(state, await serverState(databases, other.id))) return refuse('same')
  const admin = await databases.provision(
    (root) => root.query('select 1 from information_schema.schemata where schema_name = ?', [adminDatabase]),
    id,
  )
  if (Array.isArray(admin) && admin.length > 0) return refuse('not-empty')
  await databases.provision((root) => root.prepareServer(), id)
  await databases.admin.insert(servers).values({ id, name, capacity, status: 'open', createdAt: now })
  return { ok: true }
}

/** Two numbers for one server: accounts and databases of both would meet there. */
const isSame = (a: ServerState, b: ServerState) =>
  a.kind === 'answers' && b.kind === 'answers' && a.place === b.place

export type ServerChange = { status?: ServerStatus; capacity?: number; name?: string }

/** The first server has no row until something about it is changed. */
export async function changeServer(
  databases: Databases,
  id: number,
  change: ServerChange,
  now: Date,
): Promise<{ ok: true; server: Server } | Refused<ServerProblem>> {
  const { admin } = databases
  const found = (await listServers(admin)).find((server) => server.id === id)
  if (!found) return refuse('no-server')
  const server = { ...found, ...change }
  const { name, status, capacity } = server
  await admin
    .insert(servers)
    .values({ id, name, status, capacity, createdAt: now })
    .onDuplicateKeyUpdate({ set: { name, status, capacity } })
  return { ok: true, server }
}

export type Drained = { moved: number; failed: { tenantId: number; problem: string }[]; spares: number }

type DrainOptions = {
  clock: () => Date
  onProgress?: (progress: { done: number; all: number; tenantId: number }) => void
  onMoved?: (tenantId: number, moved: Moved) => void
  /** A sentence for an error that nobody foresaw. */
  explain: (error: unknown) => string
}

/**
 * No new business goes there from now on; its spares are thrown away, and its businesses moved to wherever there
 * is most room, one after the other. One that cannot be moved stays, works, and stands in the report: drain again.
 */
export async function drainServer(
  databases: Databases,
  id: number,
  options: DrainOptions,
): Promise<({ ok: true } & Drained) | Refused<ServerProblem>> {
  const { admin } = databases
  if (!(await listServers(admin)).some((server) => server.id === id)) return refuse('no-server')
  if (!(await serversWithRoom(databases)).some((server) => server.id !== id)) return refuse('last')
  await changeServer(databases, id, { status: 'draining' }, options.clock())
  const spares = await giveUpSpares(admin, [id])
  await discardHalfMade(databases, options.clock())

  const here = await admin
    .select({ id: tenants.id })
    .from(tenants)
    .where(and(eq(tenants.serverId, id), eq(tenants.status, 'ACTIVO')))
    .orderBy(asc(tenants.id))
  const report: Drained = { moved: 0, failed: [], spares }
  for (const [done, { id: tenantId }] of here.entries()) {
    options.onProgress?.({ done, all: here.length, tenantId })
    const problem = await moveAway(databases, tenantId, options)
    if (problem === null) report.moved++
    else report.failed.push({ tenantId, problem })
  }
  return { ok: true, ...report }
}

/** null: it was moved. */
async function moveAway(
  databases: Databases,
  tenantId: number,
  { clock, onMoved, explain }: DrainOptions,
): Promise<string | null> {
  try {
    const [roomiest] = await serversWithRoom(databases)
    if (!roomiest) return 'no server is open'
    const moved = await moveTenant(databases, { tenantId, to: roomiest.id }, { clock })
    onMoved?.(tenantId, moved)
    return moved.ok ? null : moved.problem
  } catch (error) {
    return explain(error)
  }
}

const refuse = <Problem extends string>(problem: Problem) => ({ ok: false as const, problem })
