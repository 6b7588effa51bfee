import { Hono } from 'hono'
import type { TenantContext, TenantEnv } from '#src/http/env.ts'
import { type Rejected, readForm, type Texts } from '#src/http/form.ts'
import { goTo, respond } from '#src/http/respond.tsx'
import { igvBasisPoints } from '#src/sales/igv.ts'
import { sampleTicket } from '#src/sales/sample-ticket.ts'
import { RegisterPage } from '#views/onboarding/register.tsx'
import { TestPrintPage } from '#views/onboarding/test-print.tsx'
import { saveRegister } from './actions.ts'
import { registerForm } from './form.ts'
import { steps } from './onboarding.ts'
import { firstBranch, firstRegister, loadBusiness } from './queries.ts'
import { stepOpen } from './step-open.tsx'
import { registerTexts } from './texts.ts'

/** Paso 3, «Configura tu primera caja.»; with it saved the till works. */
export const registerStep = new Hono<TenantEnv>()

registerStep.use('/configurar/caja', stepOpen(3))

registerStep.get('/configurar/caja', async (c) => show(c, { values: await saved(c) }))

registerStep.post('/configurar/caja', async (c) => {
  const form = await readForm(c, registerForm)
  if (!form.ok) return show(c, form)
  const result = await saveRegister(c.var.db, form.data, c.var.now)
  if (result.ok) return goTo(c, steps[3].path)
  if (result.problem === 'no-branch') return goTo(c, steps[1].path)
  return show(c, { values: form.values, errors: { series: registerTexts[result.problem] } })
})

/** The paper chosen on the form, which need not be saved yet. */
registerStep.get('/configurar/caja/prueba', async (c) => {
  const { db, shell, now } = c.var
  const [business, branch] = await Promise.all([loadBusiness(db), firstBranch(db)])
  const paper = c.req.query('paper') === '58' ? ('58' as const) : ('80' as const)
  const shop = {
    businessName: shell.businessName,
    legalName: business.legalName,
    ruc: business.ruc,
    address: business.address,
    branchAddress: branch?.address ?? null,
    whatsapp: branch?.whatsapp ?? null,
    paper,
  }
  const rate = igvBasisPoints(business.regime, business.igvKind, now)
  const ticket = sampleTicket(shop, business.regime, rate, now)
  return respond(c, { page: () => <TestPrintPage shell={shell} ticket={ticket} /> })
})

async function saved(c: TenantContext): Promise<Texts> {
  const register = await firstRegister(c.var.db)
  return {
    name: register?.name ?? 'Caja 1',
    paper: register?.paper ?? '80',
    series: register?.series ?? 'NV01',
  }
}

function show(c: TenantContext, shown: Partial<Rejected> & { values: Texts }) {
  const page = () => <RegisterPage shell={c.var.shell} {...shown} />
  return respond(c, { page }, shown.errors ? 422 : 200)
}
