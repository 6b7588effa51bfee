import { Hono } from 'hono'
import type { TenantEnv } from '#src/http/env.ts'
import { managersOnly } from '#src/http/managers-only.ts'
import { goTo } from '#src/http/respond.tsx'
import { branchStep } from './branch-step.tsx'
import { fiscalStep } from './fiscal-step.tsx'
import { resumePath } from './onboarding.ts'
import { productsStep } from './products-step.tsx'
import { readyMenuPage } from './ready-menu.tsx'
import { registerStep } from './register-step.tsx'

/** The wizard: four steps, each saved as it is passed. */
export const onboarding = new Hono<TenantEnv>()

onboarding.use('/configurar/*', managersOnly)
onboarding.get('/configurar', (c) => goTo(c, resumePath(c.var.shell.setupStep)))
for (const step of [fiscalStep, branchStep, registerStep, productsStep, readyMenuPage]) {
  onboarding.route('/', step)
}
