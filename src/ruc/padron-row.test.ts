import { describe, expect, test } from 'vitest'
import { isPadronHeader, parsePadronRow } from './padron-row.ts'

const header =
  'RUC|NOMBRE O RAZÓN SOCIAL|ESTADO DEL CONTRIBUYENTE|CONDICIÓN DE DOMICILIO|UBIGEO|TIPO DE VÍA|NOMBRE DE VÍA|CÓDIGO DE ZONA|TIPO DE ZONA|NÚMERO|INTERIOR|LOTE|DEPARTAMENTO|MANZANA|KILÓMETRO|'

/** A row with its columns from the kind of street on. */
const row = (...address: string[]) => `20131312955|SUNAT|ACTIVO|HABIDO|150101|${address.join('|')}|`
const addressOf = (...address: string[]) => parsePadronRow(row(...address))?.address

describe('a row of the padrón', () => {
  test('is a RUC, a name and SUNAT’s words about it', () => {
    expect(
      parsePadronRow('10000079192|ÑAUPARI PEÑA  ROSA|BAJA DE OFICIO|NO HABIDO|-|-|-|-|-|-|-|-|-|-|-|'),
    ).toEqual({
      ruc: '10000079192',
      legalName: 'ÑAUPARI PEÑA ROSA',
      state: 'BAJA DE OFICIO',
      condition: 'NO HABIDO',
      address: null,
    })
  })

  test.each([
    [['AV.', 'LOS ALAMOS', '-', '-', '123', '4', '-', '-', '-', '-'], 'AV. LOS ALAMOS NRO. 123 INT. 4'],
    [
      ['AV.', 'GRAU', 'URB.', 'SANTA ROSA', '50', '-', '-', '301', '-', '-'],
      'AV. GRAU NRO. 50 DPTO. 301 URB. SANTA ROSA',
    ],
    [['----', '----', 'P.J.', 'EL SOL', '-', '-', '5', '-', 'B', '-'], 'MZA. B LOTE 5 P.J. EL SOL'],
    [
      ['CAR.', 'PANAMERICANA NORTE', '-', '-', '-', '-', '-', '-', '-', '38.5'],
      'CAR. PANAMERICANA NORTE KM. 38.5',
    ],
    [['JR.', 'CUSCO', '-', '-', 'S/N', '-', '-', '-', '-', '-'], 'JR. CUSCO S/N'],
  ])('%j reads %s', (columns, address) => {
    expect(addressOf(...columns)).toBe(address)
  })

  test('very long ones are cut where the form would cut them', () => {
    const long = parsePadronRow(
      `20131312955|${'A'.repeat(300)}|${'B'.repeat(60)}|HABIDO|-|AV.|${'C'.repeat(300)}|-|-|-|-|-|-|-|-|`,
    )
    expect([long?.legalName.length, long?.state.length, long?.address?.length]).toEqual([150, 40, 200])
  })

  test.each([
    '',
    header,
    '20131312955|SUNAT|ACTIVO',
    '2013131295|SUNAT|ACTIVO|HABIDO|-|-|-|-|-|-|-|-|-|-|-|',
    '20131312955|-|ACTIVO|HABIDO|-|-|-|-|-|-|-|-|-|-|-|',
    '20131312955|UNO|DOS|TRES|-|-|-|-|-|-|-|-|-|-|-|-|-|',
  ])('%j is none', (line) => {
    expect(parsePadronRow(line)).toBeNull()
  })

  test('the bar at the end of a line may be missing, and Windows line ends are no part of it', () => {
    expect(
      parsePadronRow(row('AV.', 'GRAU', '-', '-', '1', '-', '-', '-', '-', '-\r').slice(0, -1))?.address,
    ).toBe('AV. GRAU NRO. 1')
  })
})

test('a padrón is told by its first line', () => {
  expect(isPadronHeader(header)).toBe(true)
  expect(isPadronHeader(`${header}\r`)).toBe(true)
  for (const line of ['', 'RUC|NOMBRE|ESTADO', 'PK\u0003\u0004', header.replace('RUC', 'DNI'), row('AV.')])
    expect(isPadronHeader(line)).toBe(false)
})
