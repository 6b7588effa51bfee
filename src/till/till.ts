import type { CatalogueCategory, CatalogueProduct, SoldOut } from '#src/till/catalogue.ts'

/** What the till's page needs besides the person and the shop. */
export type Till = {
  register: TillRegister
  catalogueVersion: number
  hasOpenCashSession: boolean
  categories: readonly CatalogueCategory[]
  /** The first screen: enough to sell before the catalogue has arrived. */
  firstProducts: readonly CatalogueProduct[]
  soldOut: SoldOut
}

export type TillRegister = {
  id: number
  branchId: number
  name: string
  /** Part of an order's label, «A47», only when the branch has several registers; otherwise empty. */
  letter: string
}

/** Practice sells on the same page: nothing of it counts. */
export type TillMode = 'venta' | 'practica'

/** A, B, C… by the register's place among those of its branch; alone it needs no letter. */
export function registerLetter(position: number, registers: number): string {
  return registers > 1 ? String.fromCharCode(65 + (position % 26)) : ''
}

/** What stands on a tile: a short name of its own, or the product's. */
export const tileName = ({ name, shortName }: { name: string; shortName: string }) => shortName || name

/** A longer name gets three smaller lines on its tile instead of two. */
export const isLongName = (name: string) => name.length > 18 || /\S{11,}/.test(name)
