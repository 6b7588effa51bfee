import { Hono } from 'hono'
import type { TenantContext, TenantEnv } from '#src/http/env.ts'
import { type Rejected, readForm, type Texts } from '#src/http/form.ts'
import { goTo, respond } from '#src/http/respond.tsx'
import { BranchPage } from '#views/onboarding/branch.tsx'
import { saveBranch } from './actions.ts'
import { branchForm } from './form.ts'
import { steps } from './onboarding.ts'
import { firstBranch, loadBusiness } from './queries.ts'
import { stepOpen } from './step-open.tsx'

/** Paso 2, «Crea tu primer local.»: filled in, one press. */
export const branchStep = new Hono<TenantEnv>()

branchStep.use('/configurar/sucursal', stepOpen(2))

branchStep.get('/configurar/sucursal', async (c) => show(c, { values: await saved(c) }))

branchStep.post('/configurar/sucursal', async (c) => {
  const form = await readForm(c, branchForm)
  if (!form.ok) return show(c, form)
  await saveBranch(c.var.db, form.data, c.var.now)
  return goTo(c, steps[2].path)
})

async function saved(c: TenantContext): Promise<Texts> {
  const branch = await firstBranch(c.var.db)
  const address = branch ? branch.address : (await loadBusiness(c.var.db)).address
  return {
    name: branch?.name ?? c.var.shell.businessName,
    address: address ?? '',
    whatsapp: branch?.whatsapp ?? '',
    ...(branch?.whatsappConsentAt ? { consent: 'on' } : {}),
  }
}

function show(c: TenantContext, shown: Partial<Rejected> & { values: Texts }) {
  const page = () => <BranchPage shell={c.var.shell} {...shown} />
  return respond(c, { page }, shown.errors ? 422 : 200)
}
