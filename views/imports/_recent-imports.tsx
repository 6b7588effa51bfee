import { importPath } from '#src/imports/paths.ts'
import type { RecentImport } from '#src/imports/screen.ts'
import { ButtonLink } from '#views/components/button.tsx'
import { Chip } from '#views/components/chip.tsx'

/** What was uploaded lately: one press from going on, from undoing, from what was undone. */
export function RecentImports({ recent }: { recent: readonly RecentImport[] }) {
  return (
    <section class="stack-8" aria-labelledby="recent-title">
      <h2 id="recent-title">Tus últimas cargas</h2>
      <ul class="import-list">
        {recent.map((row) => (
          <Row row={row} />
        ))}
      </ul>
    </section>
  )
}

const states: Record<RecentImport['status'], { text: string; kind: 'amber' | 'plain' }> = {
  revisada: { text: 'Sin guardar', kind: 'amber' },
  guardando: { text: 'Guardando', kind: 'amber' },
  guardada: { text: 'Guardada', kind: 'plain' },
  deshecha: { text: 'Deshecha', kind: 'plain' },
}

function Row({ row }: { row: RecentImport }) {
  const { id, fileName, status, canUndo } = row
  const page = importPath(id, null)
  return (
    <li class="import-row">
      <div class="import-what">
        <a class="import-name" href={page}>
          {fileName}
        </a>
        <span class="hint">{[row.when, row.staffName, row.made].filter(Boolean).join(' · ')}</span>
      </div>
      <Chip kind={states[status].kind}>{states[status].text}</Chip>
      {status === 'revisada' && (
        <ButtonLink href={page} kind="quiet" aria-label={`Seguir con ${fileName}`}>
          Seguir
        </ButtonLink>
      )}
      {canUndo && (
        <ButtonLink href={importPath(id, null, 'deshacer')} kind="quiet" aria-label={`Deshacer ${fileName}`}>
          Deshacer
        </ButtonLink>
      )}
    </li>
  )
}
