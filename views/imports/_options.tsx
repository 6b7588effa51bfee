import { importPath } from '#src/imports/paths.ts'
import type { Review } from '#src/imports/screen.ts'
import { formatCount } from '#src/lib/text.ts'
import { Button } from '#views/components/button.tsx'
import { liveForm } from './_live.ts'

type Choice = { value: string; text: string }
type ChoiceProps = { name: string; legend: string; hint?: string; value: string; choices: Choice[] }

const ways: Choice[] = [
  { value: 'code', text: 'Por su código' },
  { value: 'barcode', text: 'Por su código de barras' },
  { value: 'name', text: 'Por su nombre' },
]

const stockWays: Choice[] = [
  { value: 'set', text: 'Reemplaza al que tienes' },
  { value: 'add', text: 'Se suma al que tienes' },
]

/** Ready products that nobody touched or sold: they leave with this file if she says so. */
export function ReadyQuestion({ review }: { review: Review }) {
  const { id, origin, readyLeft, removesMenu, tab, page } = review
  if (readyLeft === 0) return null
  const isOne = readyLeft === 1
  const legend = isOne ? '¿Quitamos el de ejemplo?' : `¿Quitamos los ${formatCount(readyLeft)} de ejemplo?`
  return (
    <form {...liveForm(importPath(id, origin, 'opciones', { ver: tab, pagina: page }))}>
      <Choices
        name="ejemplo"
        legend={legend}
        value={removesMenu ? 'quitar' : 'dejar'}
        choices={[
          { value: 'quitar', text: 'Sí, quitar' },
          { value: 'dejar', text: isOne ? 'No, dejarlo' : 'No, dejarlos' },
        ]}
      />
      <Button class="without-script">Aplicar</Button>
    </form>
  )
}

/** What the file cannot say by itself, each with the answer that most shops would give. */
export function ImportOptions({ review }: { review: Review }) {
  const { id, origin, matchBy, stockMode, hasStock, tab, page } = review
  return (
    <form
      class="import-options"
      {...liveForm(importPath(id, origin, 'opciones', { ver: tab, pagina: page }))}
    >
      <Choices
        name="buscar"
        legend="¿Cómo reconocemos los productos que ya tienes?"
        hint="Si una fila no lo trae, usamos lo demás que coincida."
        value={matchBy}
        choices={ways}
      />
      {hasStock && (
        <Choices name="stock" legend="El stock de tu Excel" value={stockMode} choices={stockWays} />
      )}
      <Button class="without-script">Aplicar</Button>
    </form>
  )
}

function Choices({ name, legend, hint, value, choices }: ChoiceProps) {
  const described = hint ? `${name}-hint` : undefined
  return (
    <fieldset class="segments" aria-describedby={described}>
      <legend>{legend}</legend>
      {hint && (
        <p class="hint" id={described}>
          {hint}
        </p>
      )}
      <div class="segment-list">
        {choices.map((choice) => (
          <label class="segment">
            <input
              type="radio"
              id={`${name}-${choice.value}`}
              name={name}
              value={choice.value}
              checked={choice.value === value}
            />
            <span>{choice.text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
