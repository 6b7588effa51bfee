import { LandingLayout, type LandingSite } from './layout.tsx'

/** Ley 29733 and D.S. 016-2024-JUS: who answers, what is kept, why, for how long, and how to have it out. */
export function PrivacyPage({ site }: { site: LandingSite }) {
  const us = site.company
    ? `${site.company.legalName} (RUC ${site.company.ruc})`
    : 'Quien te da este servicio'
  return (
    <LandingLayout site={site} title="Política de privacidad">
      <section class="section is-page">
        <h1>Política de privacidad</h1>
        <div class="reading">
          <p>Pedimos lo menos que se puede, y lo que guardamos es para que tu negocio venda. Nada más.</p>
          <h2>Quién responde</h2>
          <p>
            {us} responde por los datos de tu cuenta, según la Ley 29733 y su reglamento, el D.S.
            016-2024-JUS.
          </p>
          <h2>Qué guardamos</h2>
          <p>
            De ti: tu correo, tu nombre y tu contraseña, cifrada de modo que nadie puede leerla. De tu
            negocio: nombre, rubro y, si los escribes, RUC, dirección y WhatsApp. De tu caja: productos,
            ventas, pagos y quién los hizo.
          </p>
          <p>Los datos de tu negocio están en una base de datos propia, separada de las demás.</p>
          <h2>Para qué</h2>
          <p>
            Para que la caja funcione, para escribirte sobre tu cuenta y para ayudarte cuando lo pides. Solo
            te escribimos al WhatsApp de tu local si marcaste que podemos. No vendemos tus datos ni los usamos
            para publicidad.
          </p>
          <h2>Con quién</h2>
          <p>
            Con nadie más que los servicios que hacen funcionar SmartKet: el servidor, el envío de correos y
            la consulta de tu RUC, que recibe solo ese número.
          </p>
          <h2>Cookies</h2>
          <p>Una sola, la que recuerda que ingresaste. No hay cookies de publicidad ni de medición.</p>
          <h2>Tus derechos</h2>
          <p>
            Puedes ver y corregir tus datos, pedir una copia, oponerte a un uso o pedir que los borremos.
            Escríbenos y respondemos en los plazos de la ley. También puedes acudir a la Autoridad Nacional de
            Protección de Datos Personales.
          </p>
          {site.supportWhatsapp && (
            <p>
              <a href={`https://wa.me/${site.supportWhatsapp}`}>Escríbenos por WhatsApp</a>
            </p>
          )}
        </div>
      </section>
    </LandingLayout>
  )
}
