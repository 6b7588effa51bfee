import { asc, count, inArray } from 'drizzle-orm'
import type { Admin } from '#src/db/admin.ts'
import { servers, tenants } from '#src/db/admin-schema.ts'
import type { Databases } from '#src/db/databases.ts'
import { describeError } from '#src/db/errors.ts'
import { byRoom, firstServerRow, type Server } from './servers.ts'

/** Every server with how many businesses it holds. */
export async function listServers(admin: Admin): Promise<Server[]> {
  const rows = await admin
    .select({ id: servers.id, name: servers.name, status: servers.status, capacity: servers.capacity })
    .from(servers)
    .orderBy(asc(servers.id))
  const counts = await admin
    .select({ id: tenants.serverId, used: count() })
    .from(tenants)
    .where(inArray(tenants.status, ['CREANDO', 'RESERVA', 'ACTIVO']))
    .groupBy(tenants.serverId)
  const used = new Map(counts.map((row) => [row.id, row.used]))
  const all = rows.some((row) => row.id === firstServerRow.id) ? rows : [firstServerRow, ...rows]
  return all.map((row) => ({ ...row, used: used.get(row.id) ?? 0 }))
}

/** Where the next business may go, the best place first; empty when no server is open. */
export async function serversWithRoom({
  admin,
  servers,
}: Pick<Databases, 'admin' | 'servers'>): Promise<Server[]> {
  return byRoom(await listServers(admin), new Set(servers.keys()))
}

export type ServerState =
  | {
      kind: 'answers'
      version: string /** Where its data lie: two addresses of one server have the same. */
      place: string
    }
  /** Nobody told this process its address: DATABASE_URL_<number>. */
  | { kind: 'no-address' }
  | { kind: 'silent'; problem: string }

/** Does it answer, and what is it? For lists, for the doctor, and before anything is put there. */
export async function serverState(databases: Databases, id: number): Promise<ServerState> {
  if (!databases.servers.has(id)) return { kind: 'no-address' }
  try {
    const [row] = (await databases.provision(
      (root) =>
        root.query(
          'select version() as version, concat_ws(?, @@hostname, @@port, @@socket, @@datadir) as place',
          [' '],
        ),
      id,
    )) as { version: string; place: string }[]
    return { kind: 'answers', version: row?.version ?? '', place: row?.place ?? '' }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    return { kind: 'silent', problem: code ?? describeError(error).message }
  }
}

/** All servers, each asked whether it answers: one that does not must not hide the others. */
export async function serverStates(databases: Databases): Promise<(Server & { state: ServerState })[]> {
  const all = await listServers(databases.admin)
  return Promise.all(
    all.map(async (server) => ({ ...server, state: await serverState(databases, server.id) })),
  )
}
