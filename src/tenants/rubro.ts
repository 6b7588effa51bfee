/** The trades that sign-up offers, in its order. The trial's plan follows the trade. */

export type RubroRow = {
  code: string
  name: string
  /** «Hola Juan, configuremos tu {noun}.» */
  noun: string
  /** A row of `plans`. */
  trialPlan: string
  /** Whether the wizard offers the special rate of restaurants. */
  sellsFood: boolean
}

export const rubros = [
  { code: 'polleria', name: 'Pollería', noun: 'pollería', trialPlan: 'TRIAL_POLLERIA', sellsFood: true },
  {
    code: 'restaurante',
    name: 'Restaurante',
    noun: 'restaurante',
    trialPlan: 'TRIAL_RESTAURANTE',
    sellsFood: true,
  },
  { code: 'chifa', name: 'Chifa', noun: 'chifa', trialPlan: 'TRIAL_CHIFA', sellsFood: true },
  {
    code: 'cevicheria',
    name: 'Cevichería',
    noun: 'cevichería',
    trialPlan: 'TRIAL_CEVICHERIA',
    sellsFood: true,
  },
  {
    code: 'cafeteria',
    name: 'Cafetería o juguería',
    noun: 'cafetería',
    trialPlan: 'TRIAL_CAFETERIA',
    sellsFood: true,
  },
  {
    code: 'panaderia',
    name: 'Panadería o pastelería',
    noun: 'panadería',
    trialPlan: 'TRIAL_PANADERIA',
    sellsFood: true,
  },
  {
    code: 'bodega',
    name: 'Bodega o minimarket',
    noun: 'bodega',
    trialPlan: 'TRIAL_BODEGA',
    sellsFood: false,
  },
  { code: 'otro', name: 'Otro', noun: 'negocio', trialPlan: 'TRIAL_NEGOCIO', sellsFood: false },
] as const satisfies readonly RubroRow[]

export type Rubro = (typeof rubros)[number]['code']

const other = rubros[7]

export const isRubro = (text: string): text is Rubro => rubros.some((rubro) => rubro.code === text)

/** The row of a trade; nothing chosen, or an unknown word, is «Otro». */
export function rubroOf(code: string | null): RubroRow {
  return rubros.find((rubro) => rubro.code === code) ?? other
}
