import type { Desk } from '../desk.ts'

/**
 * An order that the first storage lost comes back from its copy. The copy answers later: what was typed
 * meanwhile wins, whether or not it could be kept.
 */
export async function recoverOrder(desk: Pick<Desk, 'state' | 'adopt' | 'store'>): Promise<void> {
  if (desk.store.read()) return
  const { order } = desk.state()
  const copy = await desk.store.readCopy()
  const isUntouched = desk.state().order === order && order.lines.length === 0
  if (!copy || copy.order.lines.length === 0 || !isUntouched) return
  desk.adopt(copy)
  desk.store.write(copy)
}
