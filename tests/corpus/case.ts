import type { FileProblem } from '#src/imports/cells.ts'
import type { ImportValues } from '#src/imports/rows.ts'

/** A product as a person reads it from the file: name, price in céntimos, whatever else the file says. */
export type Read = [name: string, priceCentimos: number, more?: Partial<ImportValues>]

export type Case = {
  /** What its owner did to the file. */
  name: string
  fileName?: string
  file: () => Uint8Array | Promise<Uint8Array>
  reads: Read[]
  /** The cells that nobody can read without asking, as the preview tells of them. */
  problems?: string[]
  headerRow?: number | null
}

export type RefusedCase = {
  name: string
  fileName?: string
  file: () => Uint8Array | Promise<Uint8Array>
  problem: FileProblem
  rows?: number
}
