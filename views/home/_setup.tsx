import type { Child } from 'hono/jsx'
import type { Setup } from '#src/home/checklist.ts'
import { count } from '#src/lib/text.ts'

/** What was typed in the wizard, seen together; a mistake is one press away from its page. */
export function SetupCard({ setup }: { setup: Setup }) {
  const { businessName, ruc, branch, register, series, products } = setup
  return (
    <section class="card setup" aria-labelledby="setup-title">
      <h2 id="setup-title">Tus datos</h2>
      <dl class="setup-rows">
        <Row name="Negocio">{businessName}</Row>
        <Row name="RUC" href="/configurar/datos-fiscales">
          {ruc ?? 'Sin RUC: nota de venta interna'}
        </Row>
        <Row name="Local" href="/configurar/sucursal">
          {branch}
        </Row>
        <Row name="Caja" href="/configurar/caja">
          {register}, serie {series}
        </Row>
        <Row name="Productos" href="/productos">
          {count(products, 'producto', 'productos')}
        </Row>
      </dl>
    </section>
  )
}

function Row({ name, href, children }: { name: string; href?: string; children?: Child }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
      {href && (
        <dd>
          <a href={href} aria-label={`Corregir ${name.toLowerCase()}`}>
            Corregir
          </a>
        </dd>
      )}
    </div>
  )
}
