/** SUNAT's register as a provider of look-ups: the table that `importPadron` fills. */

import type { PadronDb } from '#src/db/padron.ts'
import type { RucFound, RucLookup } from '#src/ruc/lookup.ts'

/** Whether there is anything to look up in: until it is imported nobody is promised a search. */
export async function hasPadron(padron: PadronDb): Promise<boolean> {
  const rows = await padron.query('select 1 from padron limit 1').catch(() => [])
  return rows.length > 0
}

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
