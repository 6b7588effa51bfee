const keys: readonly [string, string][] = [
  ['Letras y números', 'Buscar'],
  ['↑ ↓ y Enter', 'Elegir y agregar'],
  ['3*', 'El siguiente producto va tres veces'],
  ['+ y −', 'Más o menos de la línea abierta'],
  ['Supr', 'Quitar la línea'],
  ['Ctrl + Z', 'Deshacer'],
  ['Av Pág y Re Pág', 'Cambiar de categoría'],
  ['F2 o Ctrl + Enter', 'Ir a cobrar'],
  ['E, Y, P, T', 'Efectivo, Yape, Plin, Tarjeta'],
  ['Números', 'Lo que recibes'],
  ['Enter', 'Cobrar; sin escribir nada, exacto'],
  ['Esc', 'Un paso atrás, sin borrar nada'],
  ['?', 'Este mapa'],
]

/** What the keys do. Shown by `?` and by the menu. */
export function KeyMap() {
  return (
    <div
      class="till-keys"
      role="dialog"
      aria-modal="true"
      aria-labelledby="keys-title"
      hidden
      data-part="keys"
    >
      <div class="till-keys-card">
        <h2 id="keys-title">Teclas de la caja</h2>
        <dl class="till-keys-list">
          {keys.map(([key, meaning]) => (
            <div>
              <dt>{key}</dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
        <button
          class="button button-plain button-wide"
          type="button"
          data-press="close-help"
          data-part="close-help"
        >
          Volver a la caja
        </button>
      </div>
    </div>
  )
}
