import { closedDays } from '#src/billing/account.ts'
import { LandingLayout, type LandingSite } from './layout.tsx'

/** Ley 29733 and D.S. 016-2024-JUS: who answers, what is kept, why, for how long, and how to have it out. */
export function PrivacyPage({ site, takesCards }: { site: LandingSite; takesCards: boolean }) {
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
          <p>
            De lo que nos pagas: el monto, el número de operación, la foto si la envías y los datos de tu
            boleta o factura. Del Libro de Reclamaciones: lo que escribes en tu hoja.
          </p>
          <p>Los datos de tu negocio están en una base de datos propia, separada de las demás.</p>
          <h2>Para qué</h2>
          <p>
            Para que la caja funcione, para cobrarte tu plan, para escribirte sobre tu cuenta y para ayudarte
            cuando lo pides. Solo te escribimos al WhatsApp de tu local si marcaste que podemos. No vendemos
            tus datos ni los usamos para publicidad. De las visitas a esta página contamos solo cuántas hubo
            cada día.
          </p>
          <Who takesCards={takesCards} />
          <HowLong />
          <Rights site={site} />
        </div>
      </section>
    </LandingLayout>
  )
}

function Who({ takesCards }: { takesCards: boolean }) {
  return (
    <>
      <h2>Con quién</h2>
      <p>
        Con nadie más que los servicios que hacen funcionar SmartKet: el servidor, el envío de correos
        {takesCards && ', Mercado Pago si pagas con tarjeta,'} y la consulta de tu RUC, que recibe solo ese
        número. Los datos de tu tarjeta nunca pasan por SmartKet.
      </p>
      <p>
        Nuestro equipo entra a tu negocio solo si tú lo permites: por una hora, sin poder cambiar nada, y lo
        ves en tu pantalla mientras dura.
      </p>
      <h2>Cookies</h2>
      <p>Una sola, la que recuerda que ingresaste. No hay cookies de publicidad ni de medición.</p>
    </>
  )
}

function HowLong() {
  return (
    <>
      <h2>Cuánto tiempo</h2>
      <p>
        Mientras tengas tu cuenta. Si la cierras, esperamos {closedDays} días por si vuelves y después
        borramos tu negocio. Si tu prueba o tu plan terminan, lo guardamos 12 meses y te avisamos por correo
        60, 30 y 7 días antes de borrarlo. Los comprobantes de lo que nos pagaste y las hojas del Libro de
        Reclamaciones se quedan el tiempo que manda la ley.
      </p>
    </>
  )
}

function Rights({ site }: { site: LandingSite }) {
  return (
    <>
      <h2>Tus derechos</h2>
      <p>
        Desde tu cuenta puedes ver y corregir tus datos, descargarlo todo y cerrarla. También puedes oponerte
        a un uso o pedir que borremos algo: escríbenos y respondemos en los plazos de la ley. Y puedes acudir
        a la Autoridad Nacional de Protección de Datos Personales.
      </p>
      <p>
        Si un incidente expone tus datos, lo comunicamos a esa autoridad antes de 48 horas y te avisamos a ti.
      </p>
      {site.supportWhatsapp && (
        <p>
          <a href={`https://wa.me/${site.supportWhatsapp}`}>Escríbenos por WhatsApp</a>
        </p>
      )}
    </>
  )
}
