import type { Shell } from '#src/http/shell.ts'
import { uploadPath } from '#src/imports/paths.ts'
import type { Undone } from '#src/imports/screen.ts'
import { count } from '#src/lib/text.ts'
import { ButtonLink } from '#views/components/button.tsx'
import { Strip } from '#views/components/strip.tsx'
import { ImportFrame } from './_frame.tsx'

export function UndonePage({ shell, undone }: { shell: Shell; undone: Undone }) {
  const { origin, fileName, when, kept } = undone
  return (
    <ImportFrame shell={shell} origin={origin} title="Carga deshecha" narrow>
      <h1>Carga deshecha</h1>
      <Strip role="status">
        {kept.length === 0
          ? 'Todo volvió a como estaba antes de esta carga.'
          : `Lo demás volvió a como estaba. Dejamos ${count(kept.length, 'fila', 'filas')} sin tocar.`}
      </Strip>
      {kept.length > 0 && <Kept kept={kept} />}
      <p class="hint">
        {fileName} · {when}
      </p>
      <div class="actions">
        <ButtonLink href="/productos" kind="primary">
          Ver productos
        </ButtonLink>
        <ButtonLink href={uploadPath(origin)}>Subir otro Excel</ButtonLink>
      </div>
    </ImportFrame>
  )
}

function Kept({ kept }: Pick<Undone, 'kept'>) {
  return (
    <section class="stack-8" aria-labelledby="kept-title">
      <h2 id="kept-title">Lo que dejamos como está</h2>
      <ul class="import-list">
        {kept.map((text) => (
          <li class="import-row">{text}</li>
        ))}
      </ul>
    </section>
  )
}
