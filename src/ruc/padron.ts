/** SUNAT's register as a provider of look-ups: the table that `importPadron` fills. */

import type { PadronDb } from '#src/db/padron.ts'
import type { RucFound, RucLookup } from '#src/ruc/lookup.ts'

/** Not imported yet, or its database out of reach: unavailable, and the person types the data. */
export function padronProvider(padron: PadronDb): RucLookup {
  return async (ruc) => {
    try {
      const [row] = await padron.query<Omit<RucFound, 'ruc'>>(
        'select legal_name as legalName, state, address_condition as `condition`, address from padron where ruc = ? limit 1',
        [Number(ruc)],
      )
      return row ? { outcome: 'found', found: { ruc, ...row } } : { outcome: 'not-found' }
    } catch {
      return { outcome: 'unavailable' }
    }
  }
}
