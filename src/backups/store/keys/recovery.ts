import type { Admin } from '#src/db/admin.ts'
import { keysNightOf, keysPrefix } from '../names.ts'
import { openedText } from '../seal.ts'
import type { Store } from '../store.ts'
import { type KeysRemembered, rememberKeys } from './actions.ts'

export type KeysRecovered = KeysRemembered & { lists: number }

/**
 * From every list of keys in the store, the newest first. Needed where the admin database came back without them:
 * a new machine, a table that was lost. Throws where no identity opens a list.
 */
export async function recoverKeys(
  admin: Admin,
  store: Pick<Store, 'list' | 'get'>,
  identities: readonly string[],
): Promise<KeysRecovered> {
  const there = await store.list(keysPrefix)
  const lists = there.map(({ key }) => key).filter(keysNightOf)
  const recovered: KeysRecovered = { added: 0, replaced: 0, lists: lists.length }
  for (const key of lists.toReversed()) {
    const { added, replaced } = await rememberKeys(admin, await openedText(store.get(key), identities))
    recovered.added += added
    recovered.replaced += replaced
  }
  return recovered
}
