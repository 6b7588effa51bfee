import { closedDays, lateDays } from '#src/billing/account.ts'
import { LandingLayout, type LandingSite } from './layout.tsx'

export function TermsPage({ site }: { site: LandingSite }) {
  const us = site.company
    ? `${site.company.legalName} (RUC ${site.company.ruc})`
    : 'quien te da este servicio'
  return (
    <LandingLayout site={site} title="Términos">
      <section class="section is-page">
        <h1>Términos</h1>
        <div class="reading">
          <p>Son pocas reglas, escritas para leerse. Al crear tu cuenta las aceptas ante {us}.</p>
          <h2>Qué es SmartKet</h2>
          <p>Una caja para registrar ventas, cobrarlas e imprimir un ticket.</p>
          <p>
            SmartKet imprime notas de venta. Tus boletas y facturas las sigues emitiendo en SUNAT o con tu
            proveedor. Una nota de venta no es un comprobante de pago.
          </p>
          <h2>Tu cuenta</h2>
          <p>
            Tú respondes por lo que se hace con tu cuenta: cuida tu contraseña y da a cada persona de tu
            equipo su propio PIN. Los datos de tu negocio, sus precios y sus impuestos los pones tú y deben
            ser verdaderos.
          </p>
          <Plans site={site} />
          <h2>Tus datos</h2>
          <p>
            Son tuyos: los ves y los descargas cuando quieras, también si no pagas. Cómo los cuidamos y cuánto
            tiempo los guardamos está en la{' '}
            <a href={`${site.landingOrigin}/privacidad`}>Política de privacidad</a>.
          </p>
          <Rest site={site} />
        </div>
      </section>
    </LandingLayout>
  )
}

function Plans({ site }: { site: LandingSite }) {
  return (
    <>
      <h2>La prueba y los planes</h2>
      <p>
        La prueba es gratis y no pide tarjeta. Los precios de los planes están en{' '}
        <a href={`${site.landingOrigin}/precios`}>Precios</a> e incluyen el IGV. Pagas por adelantado, por mes
        o por año, y recibes tu boleta o factura. No hay contrato de permanencia: si paras, tu plan funciona
        hasta el último día que pagaste.
      </p>
      <p>
        Si cambias de plan a mitad del periodo, lo que no usaste se descuenta del nuevo, por días. Si tu plan
        vence, sigues vendiendo {lateDays} días; después no podrás abrir la caja hasta pagar. La caja que ya
        estaba abierta puede terminar su turno, como máximo en 24 horas.
      </p>
      <p>
        Cuando pagas con Yape, Plin o transferencia, tu caja funciona al momento por 48 horas mientras
        confirmamos el pago. Si no lo encontramos, te escribimos.
      </p>
      <p>Puedes cerrar tu cuenta cuando quieras y volver en los {closedDays} días siguientes.</p>
    </>
  )
}

function Rest({ site }: { site: LandingSite }) {
  return (
    <>
      <h2>Lo que no se puede</h2>
      <p>
        Usar SmartKet para engañar a tus clientes o a la SUNAT, entrar a los datos de otro negocio o cargar el
        servicio a propósito. Si pasa, podemos pausar la cuenta; tus datos siguen siendo tuyos y los puedes
        descargar.
      </p>
      <h2>Si algo falla</h2>
      <p>
        Hacemos lo posible para que la caja esté siempre disponible, y no podemos prometer que nunca falle.
        Nada de esto quita los derechos que te da la ley peruana como consumidor. Si no estás conforme, tienes
        el <a href={`${site.landingOrigin}/libro-de-reclamaciones`}>Libro de Reclamaciones</a>.
      </p>
    </>
  )
}
