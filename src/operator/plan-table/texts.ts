export type PlanTableProblem = 'gone' | 'changed' | 'last-one'

export const planTableTexts: Record<PlanTableProblem, string> = {
  gone: 'Ese plan ya no está.',
  changed: 'Alguien cambió este plan mientras lo mirabas. Revisa y vuelve a intentar.',
  'last-one': 'Es el único plan que se ofrece: alguien tiene que poder pagar.',
}

export const priceTexts = {
  'not-a-price': 'Escribe un precio, por ejemplo 12.50.',
  'too-many-decimals': 'Usa hasta dos decimales.',
  negative: 'El precio no puede ser negativo.',
  'too-large': 'Ese precio es demasiado alto.',
  zero: 'El precio no puede ser cero.',
} as const

export const numberTexts = {
  limit: 'Escribe un número desde 1, o nada si no hay límite.',
  days: 'Escribe de 1 a 365 días.',
  sales: 'Escribe de 1 a 100,000 ventas.',
  max: 'Escribe un número desde los días de la prueba hasta 730, o nada.',
  rule: 'Elige cómo termina la prueba.',
}

export const ruleNames = {
  first: 'Lo que termine primero',
  last: 'Lo que dure más',
} as const
