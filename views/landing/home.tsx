import { type Offer, trialDaysText } from '#src/landing/offer.ts'
import { assetUrl } from '#src/lib/assets.ts'
import { ButtonLink } from '#views/components/button.tsx'
import { Chickens } from './_chickens.tsx'
import { PlanCards } from './_plan-cards.tsx'
import { Questions } from './_questions.tsx'
import { FourFacts, Queue, Steps } from './_sections.tsx'
import { Ticket } from './_ticket.tsx'
import { LandingLayout, type LandingSite } from './layout.tsx'

type LandingPageProps = { site: LandingSite; offer: Offer; looksUpRuc: boolean; waysToPay: string | null }

/**
 * In ten seconds: what it is, for whom, and one thing to do. A sentence stands here only when what it
 * says works; those that wait for a release are listed in docs/landing-texts.md.
 */
export function LandingPage({ site, offer, looksUpRuc, waysToPay }: LandingPageProps) {
  return (
    <LandingLayout
      site={site}
      title="La caja de tu pollería, lista esta noche"
      description={`Registra ventas, cobra con efectivo, Yape, Plin o tarjeta e imprime tu ticket. ${trialDaysText(offer.trial)} gratis, sin tarjeta.`}
    >
      <Hero offer={offer} />
      <FourFacts />
      <Steps looksUpRuc={looksUpRuc} />
      <Queue />
      <Chickens />
      <Ticket />
      <section class="section" id="precios" aria-labelledby="precios-titulo">
        <h2 id="precios-titulo">Todo incluido. Solo cambia el tamaño.</h2>
        <PlanCards plans={offer.plans} under="h2" />
      </section>
      <Questions trial={offer.trial} waysToPay={waysToPay} />
      <section class="finale">
        <h2>Crea tu cuenta con tres datos y vende hoy mismo.</h2>
        <SignUpLink />
      </section>
    </LandingLayout>
  )
}

function Hero({ offer }: { offer: Offer }) {
  return (
    <section class="hero">
      <div class="hero-text">
        <h1>La caja de tu pollería, lista esta noche.</h1>
        <p class="hero-lead">
          Crea tu cuenta con tres datos, carga tu carta y vende hoy mismo.{' '}
          <span class="nowrap">{trialDaysText(offer.trial)} gratis,</span> sin tarjeta.
        </p>
        <SignUpLink />
        <p class="hero-note">No instalas nada: funciona en tu computadora y en tu celular.</p>
      </div>
      <figure class="hero-picture">
        <picture>
          <source
            media="(max-width: 639px)"
            srcset={assetUrl('img/till-phone.webp')}
            width="360"
            height="640"
          />
          <img
            src={assetUrl('img/till.webp')}
            width="1180"
            height="620"
            alt="La caja de SmartKet: los productos en botones, el pedido a la derecha y el botón Cobrar."
          />
        </picture>
        <figcaption>Así se ve un sábado a las ocho.</figcaption>
      </figure>
    </section>
  )
}

function SignUpLink() {
  return (
    <ButtonLink kind="primary" class="sign-up-link" href="/registro">
      Crear mi cuenta gratis
    </ButtonLink>
  )
}
