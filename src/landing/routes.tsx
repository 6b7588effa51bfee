import { type Context, Hono } from 'hono'
import type { JSX } from 'hono/jsx/jsx-runtime'
import type { Env } from '#src/http/env.ts'
import { respond } from '#src/http/respond.tsx'
import { LandingPage } from '#views/landing/home.tsx'
import type { LandingSite } from '#views/landing/layout.tsx'
import { PricesPage } from '#views/landing/prices.tsx'
import { PrivacyPage } from '#views/landing/privacy.tsx'
import { SignUpPage } from '#views/landing/sign-up.tsx'
import { TermsPage } from '#views/landing/terms.tsx'
import { loadOffer } from './queries.ts'

/** The public pages, the same for everybody: no cookie is read here and none is set. */
export const landing = new Hono<Env>()

landing.get('/', async (c) => {
  const { databases, canLookUpRuc } = c.var.services
  const [offer, looksUpRuc] = await Promise.all([loadOffer(databases.admin), canLookUpRuc()])
  return publicPage(c, <LandingPage site={siteOf(c)} offer={offer} looksUpRuc={looksUpRuc} />)
})

landing.get('/precios', async (c) => {
  const offer = await loadOffer(c.var.services.databases.admin)
  return publicPage(c, <PricesPage site={siteOf(c)} offer={offer} />)
})

// The form goes to the app's host, which answers with a session and the wizard.
landing.get('/registro', (c) => publicPage(c, <SignUpPage site={siteOf(c)} />))

landing.get('/privacidad', (c) => publicPage(c, <PrivacyPage site={siteOf(c)} />))

landing.get('/terminos', (c) => publicPage(c, <TermsPage site={siteOf(c)} />))

/** Anybody may keep it, for a minute: a new price or a new release is there soon. */
function publicPage(c: Context<Env>, page: JSX.Element) {
  c.header('Cache-Control', 'public, max-age=60')
  return respond(c, { page: () => page })
}

function siteOf(c: Context<Env>): LandingSite {
  const { landingOrigin, appOrigin, supportWhatsapp, company } = c.var.services.config
  return { landingOrigin, appOrigin, supportWhatsapp, company }
}
