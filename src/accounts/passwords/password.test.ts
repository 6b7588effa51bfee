import { expect, test } from 'vitest'
import { passwordProblem } from '#src/accounts/passwords/password.ts'

const rosa = { email: 'rosa.quispe@gmail.com', businessName: 'Pollería Doña Rosita' }

test.each(['pollo a la brasa', 'mi gato come pescado', 'carbón y leña 55', '🍗🍗 sabe rico 🍗', 'Xk29vq!tR'])(
  '«%s» is accepted',
  (password) => {
    expect(passwordProblem(password, rosa)).toBeNull()
  },
)

test('seven characters are too few, eight are enough, emoji count as one', () => {
  expect(passwordProblem('gatofe7', rosa)).toBe('too-short')
  expect(passwordProblem('gatofe7x', rosa)).toBeNull()
  expect(passwordProblem('🐓🐔🐣🐤', rosa)).toBe('too-short')
})

test('200 characters pass, 201 do not', () => {
  expect(passwordProblem('la brasa '.repeat(22).concat('de'), rosa)).toBeNull()
  expect(passwordProblem('la brasa '.repeat(23), rosa)).toBe('too-long')
})

test.each([
  '12345678',
  '87654321',
  '11111111',
  '44556677',
  '999 111 222',
  'password',
  'Password1',
  'contraseña',
  'Contraseña123',
  'qwertyuiop',
  'abcdefgh',
  'Peru2026!',
  'alianzalima',
  'Universitario1924',
  'pollería123',
  'polloalabrasa',
  'rosa.quispe@gmail.com',
  'Rosa.Quispe1',
  'quispe2026',
  'Pollería Doña Rosita',
  'polleriadonarosita1',
])('«%s» is too easy to guess', (password) => {
  expect(passwordProblem(password, rosa)).toBe('too-easy')
})
