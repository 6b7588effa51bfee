import { assetUrl } from '#src/lib/assets.ts'

/** What comes out of the printer, and what it is not. */
export function Ticket() {
  return (
    <section class="band" aria-labelledby="ticket">
      <div class="section is-split is-paper">
        <img
          class="paper"
          src={assetUrl('img/ticket.webp')}
          width="305"
          height="313"
          loading="lazy"
          alt="Una nota de venta impresa por SmartKet, con sus productos, el total y el vuelto."
        />
        <div>
          <h2 id="ticket">Tu ticket, en 80 o 58 mm</h2>
          <p>
            SmartKet imprime notas de venta. Tus boletas y facturas las sigues emitiendo en SUNAT o con tu
            proveedor.
          </p>
          <h3>Tus datos son tuyos</h3>
          <p>
            Tu negocio tiene su propia base de datos y una copia cada noche. Descárgalo todo cuando quieras,
            aunque no pagues.
          </p>
        </div>
      </div>
    </section>
  )
}
