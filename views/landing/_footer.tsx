import type { LandingSite } from './layout.tsx'

export function SiteFooter({ site }: { site: LandingSite }) {
  return (
    <footer class="site-foot">
      <ul class="site-foot-links">
        <li>
          <a href={`${site.landingOrigin}/precios`}>Precios</a>
        </li>
        <li>
          <a href={`${site.landingOrigin}/#preguntas`}>Preguntas</a>
        </li>
        <li>
          <a href={`${site.landingOrigin}/privacidad`}>Privacidad</a>
        </li>
        <li>
          <a href={`${site.landingOrigin}/terminos`}>Términos</a>
        </li>
        <li>
          <a href={`${site.landingOrigin}/libro-de-reclamaciones`}>Libro de Reclamaciones</a>
        </li>
        {site.supportWhatsapp && (
          <li>
            <a href={`https://wa.me/${site.supportWhatsapp}`}>Ayuda por WhatsApp</a>
          </li>
        )}
      </ul>
      {site.company && (
        <p>
          {site.company.legalName} · RUC {site.company.ruc}
        </p>
      )}
    </footer>
  )
}
