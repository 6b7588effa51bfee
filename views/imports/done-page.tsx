import type { Shell } from '#src/http/shell.ts'
import { importPath, uploadPath } from '#src/imports/paths.ts'
import type { Finished } from '#src/imports/screen.ts'
import { count } from '#src/lib/text.ts'
import { ButtonLink } from '#views/components/button.tsx'
import { Icon } from '#views/components/icon.tsx'
import { Strip } from '#views/components/strip.tsx'
import { ImportFrame } from './_frame.tsx'

export function DonePage({ shell, finished }: { shell: Shell; finished: Finished }) {
  const { origin, fileName, made, refused, canUndo } = finished
  return (
    <ImportFrame shell={shell} origin={origin} title="Listo" narrow>
      <div class="import-done">
        <Icon name="circle-check" />
        <h1>Tus productos ya están en la caja</h1>
      </div>
      <section class="card stack" aria-label="Lo que se guardó">
        <p class="import-verdict">{canUndo ?? 'Listo.'}</p>
        <ul class="made">
          {made.map((text) => (
            <li>
              <Icon name="check" />
              {text}
            </li>
          ))}
        </ul>
        <p class="hint">{fileName}</p>
      </section>
      {finished.left.length > 0 && <SheetsLeft finished={finished} />}
      <NextSteps finished={finished} />
      {refused > 0 && <LeftOut finished={finished} />}
    </ImportFrame>
  )
}

function SheetsLeft({ finished: { origin, left } }: { finished: Finished }) {
  const again = <a href={uploadPath(origin)}>Subir otra hoja</a>
  return (
    <Strip kind="amber" action={again}>
      Falta cargar: {left.join(', ')}
    </Strip>
  )
}

function LeftOut({ finished: { id, origin, refused } }: { finished: Finished }) {
  const download = <a href={importPath(id, origin, 'motivos.xlsx')}>Descargar el archivo con los motivos</a>
  return (
    <Strip kind="amber" action={download}>
      {refused === 1 ? '1 fila no entró.' : `${count(refused, 'fila', 'filas')} no entraron.`} Corrígelas en
      tu Excel y súbelo otra vez: no se repite nada.
    </Strip>
  )
}

function NextSteps({ finished: { id, origin, products, canUndo } }: { finished: Finished }) {
  const undo = canUndo && (
    <ButtonLink href={importPath(id, origin, 'deshacer')} kind="quiet">
      Deshacer
    </ButtonLink>
  )
  if (origin === 'configurar') {
    return (
      <div class="actions">
        <ButtonLink href="/" kind="primary">
          Terminar con {count(products, 'producto', 'productos')}
        </ButtonLink>
        <ButtonLink href="/configurar/productos">Volver a la configuración</ButtonLink>
        <ButtonLink href="/productos">Ver productos</ButtonLink>
        {undo}
      </div>
    )
  }
  return (
    <div class="actions">
      <ButtonLink href="/pos" kind="primary">
        Ir a la caja
      </ButtonLink>
      <ButtonLink href="/productos">Ver productos</ButtonLink>
      {undo}
    </div>
  )
}
