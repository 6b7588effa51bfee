import type { Shell } from '#src/http/shell.ts'
import { count } from '#src/lib/text.ts'
import { groupRule, type ModifierGroup } from '#src/modifiers/modifier.ts'
import { AppLayout } from '#views/app-layout.tsx'
import { Button, ButtonLink } from '#views/components/button.tsx'
import { GroupForm } from './_group-form.tsx'
import { GroupOptions } from './_options.tsx'

export type RejectedForm = {
  at: string
  values: Record<string, string>
  errors: Record<string, string>
} | null
type PageProps = { shell: Shell; groups: readonly ModifierGroup[]; rejected: RejectedForm }

/** The questions that products ask, each with its answers. */
export function ModifiersPage({ shell, groups, rejected }: PageProps) {
  return (
    <AppLayout shell={shell} title="Opciones" current="productos" narrow>
      <div class="stack-24">
        <h1>Opciones de los productos</h1>
        <p class="soft">
          La presa, las cremas, sin ensalada. Aquí las creas; en la página de cada producto eliges cuáles
          lleva. La caja las mostrará pronto.
        </p>
        {groups.map((group) => (
          <Group group={group} rejected={rejected} />
        ))}
        <section class="card stack" aria-labelledby="new-group">
          <h2 id="new-group">Grupo nuevo</h2>
          <GroupForm action="/productos/opciones" at="new" rejected={rejected} primary />
        </section>
        <div class="actions">
          <ButtonLink href="/productos" kind="quiet">
            Volver a productos
          </ButtonLink>
        </div>
      </div>
    </AppLayout>
  )
}

function Group({ group, rejected }: { group: ModifierGroup; rejected: RejectedForm }) {
  const at = `group-${group.id}`
  const asked =
    group.productCount > 0 ? count(group.productCount, 'producto', 'productos') : 'ningún producto'
  return (
    <section class="card stack" aria-labelledby={at}>
      <div>
        <h2 id={at}>{group.name}</h2>
        <p class="hint">
          {groupRule(group)} · en {asked}
        </p>
      </div>
      <GroupOptions group={group} rejected={rejected} />
      <details class="more-options" open={rejected?.at === at}>
        <summary>Cambiar «{group.name}»</summary>
        <div class="stack">
          <GroupForm action={`/productos/opciones/${group.id}`} at={at} rejected={rejected} group={group} />
          <form method="post" action={`/productos/opciones/${group.id}/fuera`}>
            <Button kind="danger">Quitar «{group.name}»</Button>
          </form>
        </div>
      </details>
    </section>
  )
}
