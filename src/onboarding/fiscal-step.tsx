import { Hono } from 'hono'
import type { TenantContext, TenantEnv } from '#src/http/env.ts'
import { type Rejected, readForm, type Texts } from '#src/http/form.ts'
import { takeHit } from '#src/http/rate-limit.ts'
import { goTo, respond } from '#src/http/respond.tsx'
import type { RucAnswer } from '#src/ruc/lookup.ts'
import { normalizeRuc } from '#src/ruc/ruc.ts'
import { restaurantRateEnds } from '#src/sales/igv.ts'
import { rubroOf } from '#src/tenants/rubro.ts'
import { RucResult } from '#views/onboarding/_ruc-result.tsx'
import { FiscalPage } from '#views/onboarding/fiscal.tsx'
import { saveFiscal } from './actions.ts'
import { type Fiscal, fiscalForm, rucText, withoutForeign } from './form.ts'
import { fitting, steps } from './onboarding.ts'
import { loadBusiness, staffName } from './queries.ts'
import { fiscalTexts } from './texts.ts'

/** Paso 1, «Datos Fiscales». */
export const fiscalStep = new Hono<TenantEnv>()

fiscalStep.get('/configurar/datos-fiscales', async (c) => show(c, { values: await saved(c) }))

fiscalStep.post('/configurar/datos-fiscales', async (c) => {
  const form = await readForm(c, fiscalForm)
  if (!form.ok) return show(c, form)
  const completed = await complete(c, form.data)
  if (!completed) {
    return show(c, { values: form.values, errors: { legalName: fiscalTexts.legalName } })
  }
  await saveFiscal(c.var.db, c.var.staff.id, completed)
  return goTo(c, steps[1].path)
})

/**
 * As the eleventh number is typed htmx asks only for the sentence; the button «Buscar» of a page without
 * script sends the whole form here and gets it back, filled in.
 */
fiscalStep.get('/configurar/ruc', async (c) => {
  const values: Texts = c.req.query()
  const typed = values.ruc ?? ''
  const wrong = rucText(typed)
  const answer = wrong || !(await c.var.services.canLookUpRuc()) ? null : await lookUp(c, normalizeRuc(typed))
  return respond(c, {
    partial: () => <RucResult answer={answer} wrong={wrong} />,
    page: () => page(c, { values: filledIn(values, answer), errors: wrong ? { ruc: wrong } : {}, answer }),
  })
})

/** 20 look-ups in ten minutes a business: each may cost money at the provider. Beyond, one types. */
async function lookUp(c: TenantContext, ruc: string): Promise<RucAnswer> {
  const { services, tenant, now } = c.var
  const limit = { bucket: 'ruc-lookup', max: 20, windowSeconds: 600 }
  const hit = await takeHit(services.databases.admin, limit, String(tenant.id), now)
  return hit.ok ? fitting(await services.rucLookup(ruc)) : { outcome: 'unavailable' }
}

/** A RUC without its name: the register is asked once more; null when the owner must type it. */
async function complete(c: TenantContext, fiscal: Fiscal): Promise<Fiscal | null> {
  if (fiscal.ruc === null || fiscal.legalName !== '') return fiscal
  if (!(await c.var.services.canLookUpRuc())) return null
  const answer = await lookUp(c, fiscal.ruc)
  if (answer.outcome !== 'found') return null
  const { legalName, address, state, condition } = answer.found
  return {
    ...fiscal,
    legalName,
    address: fiscal.address || (address ?? ''),
    rucState: state,
    rucCondition: condition,
  }
}

/** Without script: what an earlier search of another RUC filled in goes, found or not. */
function filledIn(values: Texts, answer: RucAnswer | null): Texts {
  const { legalName = '', address = '', foundRuc, foundName = '', foundAddress = '' } = values
  const isFound = foundRuc === normalizeRuc(values.ruc ?? '')
  const own = withoutForeign({ legalName, address }, { isFound, foundName, foundAddress })
  const kept = isFound ? values : { ...values, ...own, ...nothingFound }
  if (answer?.outcome !== 'found') return kept
  const { found } = answer
  return { ...kept, legalName: found.legalName, address: found.address ?? own.address }
}

const nothingFound = { foundRuc: '', foundName: '', foundAddress: '', rucState: '', rucCondition: '' }

async function saved(c: TenantContext): Promise<Texts> {
  const [row, name] = await Promise.all([loadBusiness(c.var.db), staffName(c.var.db, c.var.staff.id)])
  return {
    name,
    ruc: row.ruc ?? '',
    ...(row.regime === 'none' ? { boletaSimple: 'on' } : {}),
    legalName: row.legalName ?? '',
    address: row.address ?? '',
    regime: row.regime === 'none' ? 'unknown' : row.regime,
    igvKind: row.igvKind,
    foundRuc: row.rucState ? (row.ruc ?? '') : '',
    foundName: row.rucState ? (row.legalName ?? '') : '',
    // SUNAT publishes where a company is, never where a person lives: that one the owner has typed.
    foundAddress: row.rucState && row.ruc?.startsWith('20') ? (row.address ?? '') : '',
    rucState: row.rucState ?? '',
    rucCondition: row.rucCondition ?? '',
  }
}

type Shown = Partial<Rejected> & { values: Texts; answer?: RucAnswer | null }

function show(c: TenantContext, shown: Shown) {
  return respond(c, { page: () => page(c, shown) }, shown.errors ? 422 : 200)
}

async function page(c: TenantContext, shown: Shown) {
  const { shell, staff, tenant, now, services } = c.var
  const specialRate = rubroOf(tenant.rubro).sellsFood ? restaurantRateEnds(now) : null
  const props = { shell, name: staff.name, specialRate, looksUp: await services.canLookUpRuc() }
  return <FiscalPage {...props} {...shown} />
}
