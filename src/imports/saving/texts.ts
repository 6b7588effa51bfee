import { formatQuantity } from '#src/lib/quantity.ts'
import { formatCount } from '#src/lib/text.ts'
import type { PlanOptions } from '../plan.ts'
import type { ImportRow, RowProblem } from '../rows.ts'
import { fileTexts } from '../texts.ts'
import type { WorkProblem } from '../workers/in-worker.ts'

type Key = 'name' | 'price' | 'code' | 'barcode' | 'stock'

const cut = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text)
const whats = { code: 'el código', barcode: 'el código de barras' } as const

function problem(row: ImportRow, field: Key, { cellOf }: PlanOptions, text: string): RowProblem {
  const cell = cellOf?.(row.number, field) ?? null
  return { field, cell: cell ?? '', text: `${cell ?? `Fila ${row.number}`}: ${text}` }
}

/** What only the shelves, or the rows together, tell about a row. */
export const planProblem = {
  taken: (row: ImportRow, key: 'code' | 'barcode', owner: string, options: PlanOptions) =>
    problem(
      row,
      key,
      options,
      `${whats[key]} ${cut(row.values[key] ?? '')} ya es de «${cut(owner)}». Cámbialo o bórralo.`,
    ),
  repeatedCode: (
    row: ImportRow,
    { number }: ImportRow,
    key: 'code' | 'barcode',
    options: PlanOptions,
  ): RowProblem => ({
    ...problem(row, key, options, ''),
    text: `Fila ${row.number} repite ${whats[key]} ${cut(row.values[key] ?? '')} de la fila ${number}.`,
  }),
  repeated: (row: ImportRow, other: ImportRow, options: PlanOptions): RowProblem => {
    const { name, code, barcode } = row.values
    const key: Key =
      options.matchBy === 'code' && code
        ? 'code'
        : options.matchBy === 'barcode' && barcode
          ? 'barcode'
          : 'name'
    if (key !== 'name') return planProblem.repeatedCode(row, other, key, options)
    return {
      ...problem(row, 'name', options, ''),
      text: `Fila ${row.number} repite «${cut(name ?? other.values.name ?? '')}» de la fila ${other.number}.`,
    }
  },
  ambiguous: (row: ImportRow, howMany: number, options: PlanOptions) =>
    problem(
      row,
      'name',
      options,
      `tienes ${howMany} productos que se llaman «${cut(row.values.name ?? '')}». Ponles código para saber cuál es.`,
    ),
  uneven: (row: ImportRow, thousandths: number, step: number, options: PlanOptions) =>
    problem(
      row,
      'stock',
      options,
      step === 125
        ? `${formatQuantity(thousandths)} no son octavos. Escribe por ejemplo 2.125.`
        : `${formatQuantity(thousandths)} no es una cantidad entera, y este producto se vende entero. Escribe un número entero, o kg en su unidad.`,
    ),
  missing: (row: ImportRow, field: 'name' | 'price', options: PlanOptions) =>
    problem(row, field, options, `falta el ${field === 'name' ? 'nombre' : 'precio'}.`),
}

/** Why a saving came to nothing; kept with the import and shown above its preview. */
export const savingTexts = {
  interrupted: 'El guardado se cortó y no cambió nada. Vuelve a presionar «Guardar».',
  failed: 'No pudimos guardar y no cambió nada. Vuelve a presionar «Guardar».',
  twins: 'No guardamos nada: dos códigos se parecen demasiado (solo cambia una tilde o una ñ). Cambia uno.',
}

export type ImportProblem =
  | 'gone'
  | 'saving'
  | 'saving-another'
  | 'saved'
  | 'too-many-products'
  | 'over-plan'
  | 'nothing-to-save'
  | 'no-key-column'
  | 'no-such-sheet'
  | 'twice'
  | 'unknown-branch'
  | 'not-saved'
  | 'undo-too-late'
  | WorkProblem

/** One sentence for each refusal of an action on an import. `products`: how many there would be. */
export const importTexts: Record<ImportProblem, (products: number) => string> = {
  gone: () => 'Esta carga ya no está. Sube tu archivo otra vez.',
  saving: () => 'Esta carga se está guardando.',
  'saving-another': () => 'Se está guardando otra carga. Espera a que termine y vuelve a intentarlo.',
  saved: () => 'Esta carga ya está guardada.',
  'too-many-products': (products) =>
    `Tendrías ${formatCount(products)} productos; el máximo es 20,000. Oculta los que ya no vendes o quita filas de tu archivo.`,
  'over-plan': (products) =>
    `No guardamos nada: tendrías ${formatCount(products)} productos y tu plan no llega a tantos.`,
  'nothing-to-save': () => 'No hay nada que guardar: tu archivo no cambia ningún producto.',
  'no-key-column': () => 'Dinos qué columna tiene el nombre.',
  'no-such-sheet': () => 'Esa hoja no está en tu archivo.',
  twice: () => 'Dos columnas no pueden ser lo mismo. Elige una.',
  'unknown-branch': () => 'Ese local no está en tu negocio.',
  'not-saved': () => 'Esta carga no está guardada: no hay nada que deshacer.',
  busy: () => 'Hay muchas cargas a la vez. No cambió nada: prueba en un minuto.',
  'too-slow': fileTexts['too-slow'],
  'too-big-inside': fileTexts['too-big-inside'],
  'undo-too-late': () => 'Pasaron los 30 días para deshacer esta carga.',
}
