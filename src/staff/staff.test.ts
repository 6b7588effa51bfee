import { expect, test } from 'vitest'
import { pinProblem } from './staff.ts'

test('a PIN has 4 to 6 digits', () => {
  for (const pin of ['', '123', '1234567', '12a4', '١٢٣٤']) expect(pinProblem(pin)).toBe('pin-shape')
})

test('a PIN that a colleague would try first is refused', () => {
  for (const pin of ['1234', '4321', '0000', '1111', '123456', '98765', '1212', '123123', '2580']) {
    expect(pinProblem(pin)).toBe('pin-trivial')
  }
})

test('Beto may use 4826', () => {
  for (const pin of ['4826', '0917', '31415', '802913']) expect(pinProblem(pin)).toBeNull()
})
