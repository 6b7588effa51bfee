import { LandingLayout, type LandingSite } from '#views/landing/layout.tsx'
import { ComplaintForm, type ComplaintFormProps } from './_complaint-form.tsx'

type ComplaintPageProps = ComplaintFormProps & { site: LandingSite; provider: string }

export function ComplaintPage({ site, provider, values, errors }: ComplaintPageProps) {
  return (
    <LandingLayout
      site={site}
      title="Libro de Reclamaciones"
      description="Libro de Reclamaciones virtual de SmartKet. Recibes tu copia al instante."
      withoutAction
      styles={['complaints.css']}
    >
      <section class="section is-page is-narrow">
        <h1>Libro de Reclamaciones</h1>
        <p class="lead">
          Cuéntanos qué pasó. Recibes tu copia al instante y te respondemos en 15 días hábiles como máximo.
        </p>
        <p class="hint">
          Proveedor: {provider}. Este libro es del servicio SmartKet; si tu reclamo es por una compra en un
          local, pídele su propio libro.
        </p>
        <ComplaintForm values={values} errors={errors} />
      </section>
    </LandingLayout>
  )
}
