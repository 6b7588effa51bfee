import type { PlainLine, Review } from '#src/imports/screen.ts'

/** What would happen to these products: what changes stands before → after. */
export function PlainLines({ review: { tab, lines } }: { review: Review }) {
  const withChanges = tab === 'cambian'
  return (
    <div class="table-box">
      <table class="table plain-table">
        <thead>
          <tr>
            <th scope="col">Fila</th>
            <th scope="col">Producto</th>
            {withChanges ? (
              <th scope="col">Qué cambia</th>
            ) : (
              <th scope="col" class="is-amount">
                Precio
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Line line={line} withChanges={withChanges} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Line({ line, withChanges }: { line: PlainLine; withChanges: boolean }) {
  const { number, name, price, details, changes, notes } = line
  return (
    <tr>
      <td data-label="Fila" class="row-number">
        {number ?? ''}
      </td>
      <td class="line-name">
        <strong>{name}</strong>
        {details.length > 0 && <span class="hint">{details.join(' · ')}</span>}
        {notes.map((note) => (
          <span class="hint">{note}</span>
        ))}
      </td>
      {withChanges ? (
        <td>
          <ul class="changes">
            {changes.map(({ label, before, after }) => (
              <li>
                <span class="soft">{label}</span> <del>{before}</del>
                <span aria-hidden="true"> → </span>
                <ins>{after}</ins>
              </li>
            ))}
          </ul>
        </td>
      ) : (
        <td data-label="Precio" class="is-amount">
          {price}
        </td>
      )}
    </tr>
  )
}
