import { type Offer, trialDaysText, trialText } from '#src/landing/offer.ts'
import { ButtonLink } from '#views/components/button.tsx'
import { PlanCards } from './_plan-cards.tsx'
import { LandingLayout, type LandingSite } from './layout.tsx'

type PricesPageProps = { site: LandingSite; offer: Offer }

export function PricesPage({ site, offer }: PricesPageProps) {
  return (
    <LandingLayout
      site={site}
      title="Precios"
      description="Todo incluido. Solo cambia el tamaño. Precios con IGV."
    >
      <section class="section is-page">
        <h1>Todo incluido. Solo cambia el tamaño.</h1>
        <p class="lead">
          {trialDaysText(offer.trial)} gratis, sin tarjeta. {trialText(offer.trial)}
        </p>
        <PlanCards plans={offer.plans} under="h1" />
        <ButtonLink kind="primary" class="sign-up-link" href="/registro">
          Crear mi cuenta gratis
        </ButtonLink>
      </section>
    </LandingLayout>
  )
}
