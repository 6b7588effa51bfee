import { type Context, Hono } from 'hono'
import type { JSX } from 'hono/jsx/jsx-runtime'
import { countOnce, isVisit } from '#src/counts/counter.ts'
import type { Env } from '#src/http/env.ts'
import { respond } from '#src/http/respond.tsx'
import { LandingPage } from '#views/landing/home.tsx'
import { PricesPage } from '#views/landing/prices.tsx'
import { PrivacyPage } from '#views/landing/privacy.tsx'
import { SignUpPage } from '#views/landing/sign-up.tsx'
import { TermsPage } from '#views/landing/terms.tsx'
import { waysToPayText } from './offer.ts'
import { loadOffer } from './queries.ts'
import { siteOf } from './site.ts'

/** The public pages, the same for everybody: no cookie is read here and none is set. */
export const landing = new Hono<Env>()

landing.get('/', async (c) => {
  const { config, databases, canLookUpRuc } = c.var.services
  const purpose = c.req.header('Sec-Purpose') ?? c.req.header('Purpose')
  if (isVisit({ userAgent: c.req.header('User-Agent'), purpose })) countOnce('visit', c.var.now)
  const [offer, looksUpRuc] = await Promise.all([loadOffer(databases.admin), canLookUpRuc()])
  return publicPage(
    c,
    <LandingPage
      site={siteOf(config)}
      offer={offer}
      looksUpRuc={looksUpRuc}
      waysToPay={waysToPayText(config)}
    />,
  )
})

landing.get('/precios', async (c) => {
  const offer = await loadOffer(c.var.services.databases.admin)
  return publicPage(c, <PricesPage site={siteOf(c.var.services.config)} offer={offer} />)
})

// The form goes to the app's host, which answers with a session and the wizard.
landing.get('/registro', (c) => publicPage(c, <SignUpPage site={siteOf(c.var.services.config)} />))

landing.get('/privacidad', (c) =>
  publicPage(
    c,
    <PrivacyPage
      site={siteOf(c.var.services.config)}
      takesCards={c.var.services.config.mercadoPago !== null}
    />,
  ),
)

landing.get('/terminos', (c) => publicPage(c, <TermsPage site={siteOf(c.var.services.config)} />))

/** Anybody may keep it, for a minute: a new price or a new release is there soon. */
function publicPage(c: Context<Env>, page: JSX.Element) {
  c.header('Cache-Control', 'public, max-age=60')
  return respond(c, { page: () => page })
}
