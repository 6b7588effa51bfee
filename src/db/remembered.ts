import type { Db } from './tenant.ts'

type Prepared<Result> = { execute(values: Record<string, unknown>): Promise<Result> }
type Preparable<Result> = { prepare(): Prepared<Result> }

/**
 * A statement whose SQL is built once and run on any handle. Drizzle's builder looks at every column and
 * value through a chain of classes: on the till's hot path that cost more than the database did. Its own
 * `prepare()` keeps the SQL, but also the connection on which it was made; here each run gets the
 * connection of the handle it is given, and none is kept. What differs between runs is a
 * `sql.placeholder('name')`. (Not the server's prepared statements, which would answer with another tenant's
 * rows: MARIADB.md, trap 1.)
 */
export function remembered<Result>(
  build: (db: Db) => Preparable<Result>,
): (db: Db, values: Record<string, unknown>) => Promise<Result> {
  let made: Prepared<Result> | undefined
  return (db, values) => {
    made ??= withoutConnection(build(db).prepare())
    return Object.create(made, { client: { value: connectionOf(db) } }).execute(values)
  }
}

/** The same, built once for each size: for lists, whose SQL has as many placeholders as the list has members. */
export function rememberedBySize<Result>(
  build: (db: Db, size: number) => Preparable<Result>,
): (db: Db, size: number, values: Record<string, unknown>) => Promise<Result> {
  const bySize = new Map<number, ReturnType<typeof remembered<Result>>>()
  return (db, size, values) => {
    const statement = bySize.get(size) ?? remembered((handle) => build(handle, size))
    bySize.set(size, statement)
    return statement(db, values)
  }
}

function withoutConnection<Result>(prepared: Prepared<Result>): Prepared<Result> {
  if (!('client' in prepared))
    throw new Error("drizzle's prepared queries have changed: see src/db/remembered.ts")
  return Object.assign(prepared, { client: undefined })
}

function connectionOf(db: Db): unknown {
  const { session } = db as unknown as { session?: { client?: unknown } }
  if (!session?.client) throw new Error("drizzle's sessions have changed: see src/db/remembered.ts")
  return session.client
}
