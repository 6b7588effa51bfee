import { describe, expect, test } from 'vitest'
import { sampleTicket } from '#src/sales/sample-ticket.ts'
import { buildTicket, type TicketSale, type TicketShop, ticketText } from '#src/sales/ticket.ts'
import { TicketPaper } from '#views/sales/ticket.tsx'
import { monday } from '../../tests/support/till.ts'

const rosita: TicketShop = {
  businessName: 'Pollería Rosita',
  legalName: 'Inversiones Rosita E.I.R.L.',
  ruc: '20131312955',
  address: 'Jr. Fiscal 1, Lima',
  branchAddress: 'Av. Los Álamos 123, Comas',
  whatsapp: '999111222',
  paper: '80',
}
const line = (name: string, quantity: number, price: number, step = 1000) => ({
  name,
  unitPriceCentimos: price,
  quantityThousandths: quantity,
  stepThousandths: step,
  unit: 'unidad' as const,
  totalCentimos: (quantity * price) / 1000,
})
const sale: TicketSale = {
  number: 'NV01-000118',
  orderLabel: '47',
  channel: 'llevar',
  soldAt: monday,
  staffName: 'Beto',
  regime: 'mype',
  igvBasisPoints: 1050,
  gravadoCentimos: 4706,
  exoneradoCentimos: 0,
  inafectoCentimos: 0,
  igvCentimos: 494,
  totalCentimos: 5200,
  roundingCentimos: 0,
  lines: [line('1/4 pollo', 2000, 1500), line('Inca Kola 1.5 L', 1000, 900), line('Mostrito', 1000, 1300)],
  payments: [{ method: 'efectivo', amountCentimos: 5200, receivedCentimos: 10_000, changeCentimos: 4800 }],
}

/** What stands on the paper, line by line, without the markup. */
function paper(shop: TicketShop, sold: TicketSale, isPractice = false, copy = false): string {
  return String(<TicketPaper ticket={buildTicket(shop, sold, isPractice)} copy={copy} />)
    .replace(/<thead.*?<\/thead>/g, '')
    .replace(/<p[^>]*hidden[^>]*>.*?<\/p>/g, '')
    .replace(/<\/(p|tr|table)>/g, '\n')
    .replace(/<\/(span|td)>/g, '  ')
    .replace(/<[^>]+>/g, '')
    .replaceAll('\u00a0', ' ')
    .replace(/[ \n]*\n[ \n]*/g, '\n')
}

test('the paper of 80 mm', () => {
  expect(paper(rosita, sale)).toMatchInlineSnapshot(`
    "Pollería Rosita
    Inversiones Rosita E.I.R.L.
    RUC 20131312955
    Av. Los Álamos 123, Comas · 999 111 222
    NOTA DE VENTA
    NV01-000118
    PEDIDO 47  PARA LLEVAR
    23/11/2026 20:15  Atendió: Beto
    2  1/4 pollo  15.00  30.00
    1  Inca Kola 1.5 L  9.00  9.00
    1  Mostrito  13.00  13.00
    Op. gravada  47.06
    IGV 10.5 %  4.94
    TOTAL  S/ 52.00
    SON: CINCUENTA Y DOS CON 00/100 SOLES
    Efectivo 100.00  Vuelto 48.00
    ESTE DOCUMENTO NO ES UN COMPROBANTE DE PAGO
    Canjear por boleta o factura
    Gracias por tu compra
    "
  `)
})

test('the paper of 58 mm says the same, with cash rounded', () => {
  const rounded = {
    ...sale,
    regime: 'rus' as const,
    totalCentimos: 996,
    roundingCentimos: -6,
    lines: [line('Pollo', 125, 7968, 125)],
    payments: [
      { method: 'efectivo' as const, amountCentimos: 990, receivedCentimos: 1000, changeCentimos: 10 },
    ],
  }
  expect(paper({ ...rosita, paper: '58' }, rounded)).toMatchInlineSnapshot(`
    "Pollería Rosita
    Inversiones Rosita E.I.R.L.
    RUC 20131312955
    Av. Los Álamos 123, Comas · 999 111 222
    NOTA DE VENTA
    NV01-000118
    PEDIDO 47  PARA LLEVAR
    23/11/2026 20:15  Atendió: Beto
    1/8  Pollo  79.68  9.96
    Total  9.96
    Redondeo  −0.06
    TOTAL A PAGAR  S/ 9.90
    SON: NUEVE CON 90/100 SOLES
    Efectivo 10.00  Vuelto 0.10
    ESTE DOCUMENTO NO ES UN COMPROBANTE DE PAGO
    Canjear por boleta
    Gracias por tu compra
    "
  `)
  expect(String(<TicketPaper ticket={buildTicket({ ...rosita, paper: '58' }, sale)} />)).toContain(
    'ticket-58',
  )
})

test('a copy says COPIA, the first print does not', () => {
  expect(paper(rosita, sale)).not.toContain('COPIA')
  expect(paper(rosita, sale, false, true)).toContain('COPIA')
})

test('practice is marked above and below', () => {
  expect(paper(rosita, sale, true).match(/VENTA DE PRUEBA · SIN VALOR/g)).toHaveLength(2)
})

describe('tax and legends by what the shop is', () => {
  test.each(['rer', 'mype', 'general'] as const)('%s breaks the tax down', (regime) => {
    expect(paper(rosita, { ...sale, regime })).toMatch(/Op. gravada {2}47.06\nIGV 10.5 % {2}4.94/)
    expect(paper(rosita, { ...sale, regime })).toContain('Canjear por boleta o factura')
  })

  test.each(['rus', 'unknown', 'none'] as const)('%s never does', (regime) => {
    expect(paper(rosita, { ...sale, regime })).not.toMatch(/gravada|IGV/)
    expect(paper(rosita, { ...sale, regime })).toContain('ESTE DOCUMENTO NO ES UN COMPROBANTE DE PAGO')
  })

  test('RUS and a regime not chosen yet say «Canjear por boleta» and no more', () => {
    expect(paper(rosita, { ...sale, regime: 'unknown' })).toMatch(/Canjear por boleta\n/)
    expect(paper(rosita, { ...sale, regime: 'rus' })).toMatch(/Canjear por boleta\n/)
  })

  test('without RUC nothing is exchanged and no RUC is printed', () => {
    expect(paper(rosita, { ...sale, regime: 'none' })).not.toMatch(/Canjear|RUC|Inversiones/)
  })

  test('it is never titled boleta, factura or ticket', () => {
    expect(paper(rosita, { ...sale, regime: 'none' })).toContain('NOTA DE VENTA')
    expect(paper(rosita, { ...sale, regime: 'none' })).not.toMatch(/boleta|factura|ticket/i)
  })
})

test('a product called <script> is text', () => {
  const html = String(
    <TicketPaper
      ticket={buildTicket(
        { ...rosita, businessName: '<b>Rosita' },
        { ...sale, lines: [line('<script>alert(1)</script>', 1000, 100)] },
      )}
    />,
  )
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(html).not.toMatch(/<script|<b>/)
})

test('the message for WhatsApp', () => {
  expect(ticketText(buildTicket(rosita, sale)).replaceAll('\u00a0', ' ')).toMatchInlineSnapshot(`
    "*Pollería Rosita*
    NOTA DE VENTA NV01-000118
    23/11/2026 20:15

    2 × 1/4 pollo: 30.00
    1 × Inca Kola 1.5 L: 9.00
    1 × Mostrito: 13.00

    *TOTAL S/ 52.00*
    Efectivo 100.00
    ESTE DOCUMENTO NO ES UN COMPROBANTE DE PAGO
    Canjear por boleta o factura
    Gracias por tu compra"
  `)
})

test('the test print carries the shop and no value', () => {
  const sample = sampleTicket({ ...rosita, paper: '58' }, 'mype', 1050, monday)
  expect(sample).toMatchObject({ isPractice: true, paper: '58', ruc: '20131312955', number: 'PRU-000000' })
})
