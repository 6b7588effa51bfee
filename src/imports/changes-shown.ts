import { formatSoles } from '#src/lib/money.ts'
import { formatQuantity } from '#src/lib/quantity.ts'
import type { ProductState } from './changes.ts'
import type { ChangeShown } from './screen.ts'

/** Each thing that changes, as it is and as it will be. */
export function changesShown(changes: ProductState, before: ProductState): ChangeShown[] {
  return (Object.keys(labels) as (keyof ProductState)[])
    .filter((key) => changes[key] !== undefined)
    .map((key) => ({ label: labels[key], before: say(key, before[key]), after: say(key, changes[key]) }))
}

const labels: Record<keyof ProductState, string> = {
  name: 'Nombre',
  priceCentimos: 'Precio',
  category: 'Categoría',
  code: 'Código',
  barcode: 'Código de barras',
  stockThousandths: 'Stock',
  costCentimos: 'Costo',
  unit: 'Unidad',
  affectation: 'IGV',
  presentation: 'Presentación',
  favourite: 'Favorito',
  available: 'Disponible',
  active: 'A la venta',
}

const affectations: Record<string, string> = { '10': 'Gravado', '20': 'Exonerado', '30': 'Inafecto' }

function say(key: keyof ProductState, value: ProductState[keyof ProductState]): string {
  if (value === null || value === undefined || value === '') return 'nada'
  if (typeof value === 'boolean') return value ? 'sí' : 'no'
  if (typeof value === 'number')
    return key === 'stockThousandths' ? formatQuantity(value) : formatSoles(value)
  return key === 'affectation' ? (affectations[value] ?? value) : value
}
