import type { RucAnswer } from '#src/ruc/lookup.ts'

/** The four steps, in order. `setup_step` counts the passed ones. */
export const steps = [
  { path: '/configurar/datos-fiscales' },
  { path: '/configurar/sucursal' },
  { path: '/configurar/caja' },
  { path: '/configurar/productos' },
] as const

/** From here on the till works and `/` is the dashboard. */
export const stepsBeforeSelling = 3

/** The page of the first step that was not passed; the last one when all were. */
export const resumePath = (setupStep: number) => steps[Math.min(Math.max(setupStep, 0), 3)]!.path

/** A step opens when the ones before it are passed: a register needs its branch. */
export const isStepOpen = (step: number, setupStep: number) => setupStep >= step - 1

/** «Hola Juan, configuremos tu pollería.» A greeting takes the first name only. */
export function greeting(name: string, rubroNoun: string): string {
  const firstName = name.trim().split(/\s+/)[0]
  return `Hola${firstName ? ` ${firstName}` : ''}, configuremos tu ${rubroNoun}.`
}

/** A Peruvian mobile: 9 digits that start with 9; +51 and spaces are forgiven. null when it is none. */
export function parseMobile(text: string): string | null {
  const digits = text.replace(/[\s().-]/g, '').replace(/^(\+51|0051|51(?=9\d{8}$))/, '')
  return /^9\d{8}$/.test(digits) ? digits : null
}

/** An internal ticket's series. B, F, T and V belong to SUNAT (PERU.md, section 3). */
export const isSeriesCode = (text: string) => /^NV\d\d$/.test(text)

/** How much of each fits in `business`, and so in the form. */
export const fiscalLimits = { legalName: 150, address: 200, words: 40 }

/** What a register says is a stranger's text too: cut to what the columns hold. */
export function fitting(answer: RucAnswer): RucAnswer {
  if (answer.outcome !== 'found') return answer
  const { found } = answer
  const cut = (text: string, max: number) => [...text.trim()].slice(0, max).join('')
  return {
    outcome: 'found',
    found: {
      ruc: found.ruc,
      legalName: cut(found.legalName, fiscalLimits.legalName),
      address: found.address === null ? null : cut(found.address, fiscalLimits.address),
      state: cut(found.state, fiscalLimits.words),
      condition: cut(found.condition, fiscalLimits.words),
    },
  }
}
