import { Button } from '#views/components/button.tsx'

type CopyableProps = { label: string; value: string; shown?: string; copies?: boolean }

/** A figure to type elsewhere. Its button stands there only where it can copy. */
export function Copyable({ label, value, shown = value, copies = false }: CopyableProps) {
  if (!value) return null
  return (
    <div class="copyable">
      <dt>{label}</dt>
      <dd>
        <strong class="copyable-value">{shown}</strong>
        {copies && (
          <Button type="button" data-copy={value} aria-label={`Copiar: ${label}`} hidden>
            Copiar
          </Button>
        )}
      </dd>
    </div>
  )
}
