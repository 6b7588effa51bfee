import type { MiddlewareHandler } from 'hono'
import type { TenantEnv } from '#src/http/env.ts'
import { goTo } from '#src/http/respond.tsx'
import { isStepOpen, resumePath } from './onboarding.ts'

/** A step whose turn has not come leads to the one that has: a register needs its branch. */
export const stepOpen =
  (step: number): MiddlewareHandler<TenantEnv> =>
  async (c, next) => {
    const { setupStep } = c.var.shell
    if (!isStepOpen(step, setupStep)) return goTo(c, resumePath(setupStep))
    return next()
  }
