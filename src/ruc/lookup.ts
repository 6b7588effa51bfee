/** Asking for a RUC: three outcomes only, and manual entry is always possible (PERU.md, section 2). */

export type RucFound = {
  ruc: string
  legalName: string
  address: string | null
  /** SUNAT's words, e.g. ACTIVO, HABIDO: shown, never a reason to refuse. */
  state: string
  condition: string
}
export type RucAnswer =
  | { outcome: 'found'; found: RucFound }
  | { outcome: 'not-found' }
  | { outcome: 'unavailable' }
export type RucLookup = (ruc: string) => Promise<RucAnswer>

/** Asks one after the other; the first that can answer decides. A provider that throws is unavailable. */
export function rucLookup(providers: readonly RucLookup[]): RucLookup {
  return async (ruc) => {
    for (const provider of providers) {
      const answer = await provider(ruc).catch((): RucAnswer => ({ outcome: 'unavailable' }))
      if (answer.outcome !== 'unavailable') return answer
    }
    return { outcome: 'unavailable' }
  }
}

/** Worth a warning on the screen: SUNAT does not show it as active at a known address. No word is no warning. */
export function needsAttention({ state, condition }: RucFound): boolean {
  return !['', 'ACTIVO'].includes(state) || !['', 'HABIDO'].includes(condition)
}
