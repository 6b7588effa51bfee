import { describe, expect, test } from 'vitest'
import { branchForm, fiscalForm, registerForm } from './form.ts'
import { setupGuard } from './guard.ts'
import { fitting, greeting, isStepOpen, parseMobile, resumePath } from './onboarding.ts'
import { longDate } from './texts.ts'

describe('the greeting', () => {
  test('Juan is greeted by his first name', () => {
    expect(greeting('Juan Pérez', 'pollería')).toBe('Hola Juan, configuremos tu pollería.')
  })
  test('without a name nobody is called anything', () => {
    expect(greeting('  ', 'bodega')).toBe('Hola, configuremos tu bodega.')
  })
})

describe('where one goes on', () => {
  test('until the third step is saved / leads to the wizard', () => {
    expect([0, 1, 2, 3, 4].map(setupGuard)).toEqual([
      '/configurar/datos-fiscales',
      '/configurar/sucursal',
      '/configurar/caja',
      null,
      null,
    ])
  })
  test('the fourth step waits for whoever left it for later', () => {
    expect(resumePath(3)).toBe('/configurar/productos')
    expect(resumePath(4)).toBe('/configurar/productos')
  })
  test('a step opens when those before it are passed', () => {
    expect([1, 2, 3, 4].map((step) => isStepOpen(step, 1))).toEqual([true, true, false, false])
  })
})

describe('a WhatsApp number', () => {
  test('nine digits that start with 9, however they are parted', () => {
    for (const typed of ['987654321', '987 654 321', '+51 987-654-321', '51987654321']) {
      expect(parseMobile(typed)).toBe('987654321')
    }
  })
  test('a landline, a short one and words are refused', () => {
    for (const typed of ['014567890', '98765432', '9876543210', 'mi número', '+1 987654321']) {
      expect(parseMobile(typed)).toBeNull()
    }
  })
})

const errorsOf = (result: { error?: { issues: { path: PropertyKey[]; message: string }[] } }) =>
  Object.fromEntries((result.error?.issues ?? []).map((issue) => [issue.path[0], issue.message]))

describe('datos fiscales', () => {
  test.each([
    ['', 'Escribe los 11 números de tu RUC o marca «Vender con Boleta Simple».'],
    ['2013131295', 'El RUC tiene 11 números; escribiste 10.'],
    ['201313129555', 'El RUC tiene 11 números; escribiste 12.'],
    ['20131312956', 'Ese RUC no es válido: revisa los números.'],
    ['30131312955', 'Debe empezar con 10, 15, 16, 17 o 20.'],
    ['2013131295X', 'El RUC tiene solo números: quita las letras.'],
  ])('the RUC %j is refused with its own sentence', (ruc, sentence) => {
    expect(errorsOf(fiscalForm.safeParse({ ruc }))).toEqual({ ruc: sentence })
  })
  test('a RUC copied with spaces is kept without them', () => {
    expect(fiscalForm.parse({ ruc: ' 20131312955 ' }).ruc).toBe('20131312955')
  })
  test('with Boleta Simple a half-typed RUC and a regime do not count', () => {
    const fiscal = fiscalForm.parse({
      ruc: '2013',
      boletaSimple: 'on',
      regime: 'mype',
      igvKind: 'restaurant',
    })
    expect(fiscal).toMatchObject({ ruc: null, regime: 'none', igvKind: 'general' })
  })
  test('only RER, MYPE and General choose a rate', () => {
    const kindFor = (regime: string) =>
      fiscalForm.parse({ ruc: '20131312955', regime, igvKind: 'restaurant' }).igvKind
    expect(['rus', 'unknown', 'rer', 'mype', 'general'].map(kindFor)).toEqual([
      'general',
      'general',
      'restaurant',
      'restaurant',
      'restaurant',
    ])
  })
  test('what SUNAT said about another RUC is forgotten', () => {
    const typed = { ruc: '20131312955', rucState: 'ACTIVO', rucCondition: 'HABIDO' }
    expect(fiscalForm.parse({ ...typed, foundRuc: '20100047218' }).rucState).toBeNull()
    expect(fiscalForm.parse({ ...typed, foundRuc: '20131312955' }).rucState).toBe('ACTIVO')
  })
  test('an invented regime is refused in Spanish', () => {
    expect(errorsOf(fiscalForm.safeParse({ boletaSimple: 'on', regime: 'x' }))).toEqual({
      regime: 'Elige tu régimen de la lista.',
    })
  })
})

describe('sucursal and caja', () => {
  test('a body with no field at all is told what is missing', () => {
    expect(errorsOf(branchForm.safeParse({}))).toEqual({ name: 'Escribe el nombre de tu local.' })
    expect(errorsOf(registerForm.safeParse({}))).toEqual({
      name: 'Escribe el nombre de tu caja.',
      paper: 'Elige tu impresora, o «Todavía no tengo».',
    })
  })
  test("a series of SUNAT's is never a nota de venta's", () => {
    for (const series of ['B001', 'F001', 'T001', 'NV1', 'NV001', 'NVAB']) {
      expect(registerForm.safeParse({ name: 'Caja 1', paper: '80', series }).success).toBe(false)
    }
    expect(registerForm.parse({ name: 'Caja 1', paper: '80', series: 'nv02' }).series).toBe('NV02')
  })
  test('300 letters are too many, one is enough', () => {
    expect(errorsOf(branchForm.safeParse({ name: 'a'.repeat(300) }))).toEqual({
      name: 'Usa hasta 120 letras.',
    })
    expect(branchForm.parse({ name: 'Ñ' }).name).toBe('Ñ')
  })
})

test('the last day of the special rate is read as people say it', () => {
  expect(longDate('2026-12-31')).toBe('31 de diciembre de 2026')
})

test('a register that says too much is cut to what the form takes', () => {
  const found = {
    ruc: '20131312955',
    legalName: 'Ñ'.repeat(500),
    address: 'x'.repeat(500),
    state: 'ACTIVO',
    condition: 'HABIDO',
  }
  const cut = fitting({ outcome: 'found', found })
  expect(cut.outcome === 'found' && [cut.found.legalName.length, cut.found.address?.length]).toEqual([
    150, 200,
  ])
})
