/** What the server's page says of this till. */
export type Settings = {
  registerId: number
  branchId: number
  letter: string
  version: string
  isPractice: boolean
  /** May change the menu: only then an unknown code offers «Crear producto». */
  isManager: boolean
  salesPath: string
}

export function readSettings(root: HTMLElement): Settings {
  const isPractice = root.dataset.mode === 'practica'
  return {
    registerId: Number(root.dataset.register),
    branchId: Number(root.dataset.branch),
    letter: root.dataset.letter ?? '',
    version: root.dataset.version ?? '',
    isPractice,
    isManager: root.dataset.manager === 'yes',
    salesPath: isPractice ? '/pos/practica' : '/pos/ventas',
  }
}
