import { expect, test } from 'vitest'
import { amountInWords } from './money.ts'

test.each([
  [0, 'CERO CON 00/100 SOLES'],
  [1, 'CERO CON 01/100 SOLES'],
  [99, 'CERO CON 99/100 SOLES'],
  [1_00, 'UNO CON 00/100 SOLES'],
  [16_00, 'DIECISEIS CON 00/100 SOLES'],
  [20_00, 'VEINTE CON 00/100 SOLES'],
  [21_00, 'VEINTIUNO CON 00/100 SOLES'],
  [30_00, 'TREINTA CON 00/100 SOLES'],
  [43_50, 'CUARENTA Y TRES CON 50/100 SOLES'],
  [52_00, 'CINCUENTA Y DOS CON 00/100 SOLES'],
  [99_90, 'NOVENTA Y NUEVE CON 90/100 SOLES'],
  [100_00, 'CIEN CON 00/100 SOLES'],
  [101_00, 'CIENTO UNO CON 00/100 SOLES'],
  [500_00, 'QUINIENTOS CON 00/100 SOLES'],
  [777_00, 'SETECIENTOS SETENTA Y SIETE CON 00/100 SOLES'],
  [999_00, 'NOVECIENTOS NOVENTA Y NUEVE CON 00/100 SOLES'],
  [1_000_00, 'MIL CON 00/100 SOLES'],
  [1_001_00, 'MIL UNO CON 00/100 SOLES'],
  [2_100_00, 'DOS MIL CIEN CON 00/100 SOLES'],
  [21_021_00, 'VEINTIUN MIL VEINTIUNO CON 00/100 SOLES'],
  [31_000_00, 'TREINTA Y UN MIL CON 00/100 SOLES'],
  [100_000_00, 'CIEN MIL CON 00/100 SOLES'],
  [101_000_00, 'CIENTO UN MIL CON 00/100 SOLES'],
  [1_000_000_00, 'UN MILLON CON 00/100 SOLES'],
  [1_000_001_00, 'UN MILLON UNO CON 00/100 SOLES'],
  [2_001_000_00, 'DOS MILLONES MIL CON 00/100 SOLES'],
  [21_000_000_00, 'VEINTIUN MILLONES CON 00/100 SOLES'],
  [
    999_999_999_99,
    'NOVECIENTOS NOVENTA Y NUEVE MILLONES NOVECIENTOS NOVENTA Y NUEVE MIL NOVECIENTOS NOVENTA Y NUEVE CON 99/100 SOLES',
  ],
])('%i céntimos read aloud: %s', (centimos, words) => {
  expect(amountInWords(centimos)).toBe(words)
})

test('no two amounts up to ten thousand soles read the same, and all are plain capitals', () => {
  const all = new Set<string>()
  for (let soles = 0; soles < 10_000; soles++) all.add(amountInWords(soles * 100))
  expect(all.size).toBe(10_000)
  for (const words of all) if (!/^[A-Z]+( [A-Z]+)* CON 00\/100 SOLES$/.test(words)) expect.fail(words)
})

test('what is not an amount is a defect', () => {
  for (const wrong of [-1, 0.5, Number.NaN, 100_000_000_000])
    expect(() => amountInWords(wrong)).toThrow(RangeError)
})
