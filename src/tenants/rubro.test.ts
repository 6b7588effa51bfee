import { expect, test } from 'vitest'
import { isRubro, rubroOf, rubros } from './rubro.ts'

test('Pollería stands first, Otro last, and each has a trial of its own', () => {
  expect(rubros.map((rubro) => rubro.name)).toEqual([
    'Pollería',
    'Restaurante',
    'Chifa',
    'Cevichería',
    'Cafetería o juguería',
    'Panadería o pastelería',
    'Bodega o minimarket',
    'Otro',
  ])
  expect(new Set(rubros.map((rubro) => rubro.trialPlan)).size).toBe(rubros.length)
})

test('who chooses nothing, or sends a word of their own, has a negocio', () => {
  expect(rubroOf('polleria').noun).toBe('pollería')
  for (const code of [null, '', 'ferretería', '__proto__'])
    expect(rubroOf(code)).toMatchObject({ code: 'otro', noun: 'negocio' })
  expect([isRubro('bodega'), isRubro('Bodega')]).toEqual([true, false])
})

test('the special rate of restaurants is not offered to a bodega', () => {
  expect(rubros.filter((rubro) => !rubro.sellsFood).map((rubro) => rubro.code)).toEqual(['bodega', 'otro'])
})
