import { SignUpForm } from '#views/accounts/sign-up-form.tsx'
import { LandingLayout, type LandingSite } from './layout.tsx'

/** The form goes to the app's host; there it also comes back when something has to be corrected. */
export function SignUpPage({ site }: { site: LandingSite }) {
  return (
    <LandingLayout
      site={site}
      title="Crea tu cuenta"
      description="Tres datos y entras. Sin tarjeta."
      withoutAction
      styles={['sign-up.css']}
      scripts={['register-form.js']}
    >
      <section class="section is-page is-narrow">
        <h1>Crea tu cuenta</h1>
        <p class="lead">Tres datos y entras.</p>
        <SignUpForm action={`${site.appOrigin}/registro`} />
      </section>
    </LandingLayout>
  )
}
