import { fold } from '#src/lib/text.ts'
import type { Mapping } from '../mapping.ts'
import type { PreviewColumn } from '../preview.ts'

/** The titles of the name and of the price stand a second time, with something below. */
export const hasListBeside = (columns: readonly PreviewColumn[]): boolean =>
  (['name', 'price'] as const).every((field) => {
    const own = columns.find((column) => column.field === field)
    return columns.some(
      ({ field: other, title, samples }) =>
        other === null && own && title !== '' && fold(title) === fold(own.title) && samples.length > 0,
    )
  })

/** The other sheets of the file that hold products: one of them is loaded at a time. */
export const otherLists = (
  { sheet, lists = [] }: Mapping,
  sheets: readonly { position: number; name: string }[],
): string[] =>
  sheets.flatMap(({ position, name }) => (position !== sheet && lists.includes(name) ? name : []))
