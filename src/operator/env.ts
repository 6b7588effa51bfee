import type { Context } from 'hono'
import type { Env } from '#src/http/env.ts'

/** Who acts in the console. */
export type Operator = { id: number; name: string; email: string }

/** A request of an operator. There is no business's database in it: the console reads the admin database only. */
export type OperatorEnv = { Variables: Env['Variables'] & { operator: Operator; sessionId: string } }

export type OperatorContext = Context<OperatorEnv>
