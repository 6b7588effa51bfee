import type { Shell } from '#src/http/shell.ts'
import { importPath } from '#src/imports/paths.ts'
import type { Finished } from '#src/imports/screen.ts'
import { Button, ButtonLink } from '#views/components/button.tsx'
import { Strip } from '#views/components/strip.tsx'
import { ImportFrame } from './_frame.tsx'

type UndoPageProps = { shell: Shell; finished: Finished; problem?: string | undefined }

/** The question: what goes, what comes back, and what is left as it is. */
export function UndoPage({ shell, finished, problem }: UndoPageProps) {
  const { id, origin, fileName, made } = finished
  return (
    <ImportFrame shell={shell} origin={origin} title="Deshacer la carga" narrow>
      <h1>¿Deshacemos esta carga?</h1>
      {problem && (
        <Strip kind="danger" role="alert">
          {problem}
        </Strip>
      )}
      <section class="card stack">
        <p class="import-name">{fileName}</p>
        <ul class="bullets">
          {made.map((text) => (
            <li>{text}</li>
          ))}
        </ul>
        <p>
          Los nuevos se quitan; los que cambiaron o se fueron vuelven a como estaban, con su precio y su
          stock. Lo que vendiste después, y lo que ya tenías y cambiaste después, se queda como está, y te
          diremos cuáles son. Los productos nuevos que no vendiste se van, aunque los hayas cambiado.
        </p>
      </section>
      <div class="actions">
        <form method="post" action={importPath(id, origin, 'deshecho')}>
          <Button kind="danger" class="is-last" busy="Deshaciendo…">
            Sí, deshacer la carga
          </Button>
        </form>
        <ButtonLink href={importPath(id, origin)}>No, dejarla</ButtonLink>
      </div>
    </ImportFrame>
  )
}
