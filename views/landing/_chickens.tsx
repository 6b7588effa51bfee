const parts = [
  { name: 'Entero', eighths: 8 },
  { name: '1/2', eighths: 4 },
  { name: '1/4', eighths: 2 },
  { name: '1/8', eighths: 1 },
]

/** What the shop's owner counts at night, in the unit in which chickens are sold. */
export function Chickens() {
  return (
    <section class="section is-split" aria-labelledby="pollos">
      <div>
        <h2 id="pollos">Enteros, medios, cuartos y octavos</h2>
        <p>Cada venta descuenta del pollo entero: sabes cuántos pollos salieron hoy, hasta el octavo.</p>
      </div>
      <ul class="eighths">
        {parts.map(({ name, eighths }) => (
          <li>
            <Eighths of={eighths} />
            <strong>{name}</strong>
            <span>{eighths === 1 ? '1 octavo' : `${eighths} octavos`}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** A circle in eight, as many filled as the sale takes. */
function Eighths({ of }: { of: number }) {
  return (
    <svg class="pie" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <circle cx="16" cy="16" r="15" class="pie-plate" />
      <circle cx="16" cy="16" r="7" class="pie-part" pathLength="8" stroke-dasharray={`${of} 8`} />
      <path class="pie-cuts" d="M16 1v30M1 16h30M5.4 5.4l21.2 21.2M26.6 5.4 5.4 26.6" />
    </svg>
  )
}
