import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Admin } from '#src/db/admin.ts'
import { operatorRecoveryCodes, operatorSessions, operators } from '#src/db/admin-schema.ts'

/** The operator of this address who may sign in, with what proves it; null: nobody. */
export async function findOperator(admin: Admin, email: string) {
  const [operator] = await admin
    .select()
    .from(operators)
    .where(and(eq(operators.email, email), eq(operators.active, true)))
  // The database takes «olgá@…» for «olga@…»; another mailbox it is all the same.
  return operator?.email === email ? operator : null
}

/** Everyone, with how many recovery codes each has left. No secret is among what it answers. */
export async function listOperators(admin: Admin) {
  const { id, name, email, active, createdAt } = operators
  return admin
    .select({
      id,
      name,
      email,
      active,
      createdAt,
      codesLeft: sql<number>`count(${operatorRecoveryCodes.codeHash})`,
    })
    .from(operators)
    .leftJoin(
      operatorRecoveryCodes,
      and(eq(operatorRecoveryCodes.operatorId, id), isNull(operatorRecoveryCodes.usedAt)),
    )
    .groupBy(id)
    .orderBy(asc(id))
}

/** Whose session this is; of a person who may no longer sign in there is none. */
export async function findOperatorSession(admin: Admin, sessionId: string) {
  const [row] = await admin
    .select({
      createdAt: operatorSessions.createdAt,
      lastSeenAt: operatorSessions.lastSeenAt,
      operator: { id: operators.id, name: operators.name, email: operators.email },
    })
    .from(operatorSessions)
    .innerJoin(operators, and(eq(operators.id, operatorSessions.operatorId), eq(operators.active, true)))
    .where(eq(operatorSessions.id, sessionId))
  return row ?? null
}
