import type { Case } from './case.ts'
import { excel, rowsOnly } from './excel.ts'

const prices = (...typed: unknown[]) =>
  rowsOnly(['Producto', 'Precio'], ...typed.map((price, at) => [`Producto ${'ABCDEFGHIJ'[at]}`, price]))
const named = (...centimos: number[]): Case['reads'] =>
  centimos.map((price, at) => [`Producto ${'ABCDEFGHIJ'[at]}`, price])

/** How values are written. */
export const cells: Case[] = [
  {
    name: 'prices with S/ and S/.',
    file: () => prices('S/ 1,50', 'S/. 12.50', 's/3', 'S/.4.50', 'S/ 1,234.50'),
    reads: named(150, 1250, 300, 450, 123450),
  },
  {
    name: 'prices as in Europe',
    file: () => prices('1.234,50', '12,5', '8,00', '1.500'),
    reads: named(123450, 1250, 800, 150_000),
  },
  {
    name: 'prices with words',
    file: () => prices('12.5 soles', '8.00 c/u', '4.50 x kg', '10 (inc. IGV)', '15.-', '7 soles.'),
    reads: named(1250, 800, 450, 1000, 1500, 700),
  },
  {
    name: 'thousands with spaces and apostrophes',
    file: () => prices('1 234.50', "2'500.00", '1 100', '12.00'),
    reads: named(123450, 250_000, 110_000, 1200),
  },
  {
    name: 'float noise',
    file: () => prices(12.499999999, 0.1 + 0.2, 4.300000000000001, 19.99),
    reads: named(1250, 30, 430, 1999),
  },
  {
    name: 'formulas with their result, shown with two decimals',
    file: () =>
      excel((sheet) => {
        sheet.addRows([
          ['Producto', 'Costo', 'Precio'],
          ['Arroz', 3.8, { formula: 'B2*1.18', result: 4.484 }],
          ['Azúcar', 3.5, { formula: 'B3*1.3', result: 4.55 }],
          ['Sal', 1, { formula: 'CONCATENATE("S/ ","1.50")', result: 'S/ 1.50' }],
        ])
        sheet.getColumn(3).numFmt = '"S/" #,##0.00'
      }),
    reads: [
      ['Arroz', 448, { costCentimos: 380 }],
      ['Azúcar', 455, { costCentimos: 350 }],
      ['Sal', 150],
    ],
  },
  {
    name: 'a formula that failed and one that refers to another workbook',
    file: () =>
      prices(
        { formula: 'VLOOKUP(A2,Z:Z,1,0)', result: { error: '#N/A' } },
        { formula: '[1]Precios!B2', result: 9.5 },
      ),
    reads: [['Producto B', 950]],
    problems: ['B2: la fórmula da un error (#N/A). Escribe el precio.'],
  },
  {
    name: 'dates where prices should be',
    file: () => prices(new Date(Date.UTC(2026, 7, 15)), 12),
    reads: [['Producto B', 1200]],
    problems: ['B2: parece una fecha (15/08), no un precio.'],
  },
  {
    name: 'words where prices should be, and none',
    file: () => prices('consultar', null, 12, 'S/ -'),
    reads: [['Producto C', 1200]],
    problems: [
      'B2: "consultar" no es un precio. Escribe un número.',
      'B3: falta el precio.',
      'B5: "S/ -" no es un precio. Escribe un número.',
    ],
  },
  {
    name: 'spaces of every kind around everything',
    file: () =>
      rowsOnly(
        [' PRODUCTO ', '\u00a0Precio\u00a0'],
        ['  Arroz \u00a0 Costeño ', '\u00a0S/\u00a04.50 '],
        ['Azúcar\n', ' 4.20\t'],
      ),
    reads: [
      ['Arroz Costeño', 450],
      ['Azúcar', 420],
    ],
  },
  {
    name: 'barcodes as numbers',
    file: () =>
      rowsOnly(
        ['Descripción', 'Precio', 'Cód. Barras'],
        ['Inca Kola', 3, 7750182000123],
        ['Leche', 4.2, 7751271021975],
      ),
    reads: [
      ['Inca Kola', 300, { barcode: '7750182000123' }],
      ['Leche', 420, { barcode: '7751271021975' }],
    ],
  },
  {
    name: 'barcodes that lost their leading zeros',
    file: () =>
      rowsOnly(
        ['Producto', 'Precio', 'EAN'],
        ['Chocolate', 3, 36000291452],
        ['Chicle', 0.5, 1234565],
        ['Pilas', 6, 12345670],
      ),
    reads: [
      ['Chocolate', 300, { barcode: '036000291452' }],
      ['Chicle', 50, { barcode: '01234565' }],
      ['Pilas', 600, { barcode: '12345670' }],
    ],
  },
  {
    name: 'barcodes saved as 7.75E+12',
    file: () =>
      rowsOnly(
        ['Producto', 'Precio', 'Código de barras'],
        ['Inca Kola', 3, '7.75E+12'],
        ['Leche', 4.2, '7751271021975'],
      ),
    reads: [['Leche', 420, { barcode: '7751271021975' }]],
    problems: [
      'C2: "7.75E+12" perdió sus números al guardarse. Escribe el código completo, con formato de texto.',
    ],
  },
  {
    name: 'codes shown with zeros by their format',
    file: () =>
      excel((sheet) => {
        sheet.addRows([
          ['Código', 'Producto', 'Precio'],
          [12, 'Arroz', 4.5],
          [7, 'Sal', 1.5],
        ])
        sheet.getColumn(1).numFmt = '00000'
      }),
    reads: [
      ['Arroz', 450, { code: '00012' }],
      ['Sal', 150, { code: '00007' }],
    ],
  },
  {
    name: 'barcodes under the title «Código»',
    file: () =>
      rowsOnly(
        ['CODIGO', 'PRODUCTO', 'PRECIO'],
        ['7750182000123', 'Inca Kola', 3],
        ['7751271021975', 'Leche', 4.2],
        ['7750885012928', 'Galleta', 0.9],
      ),
    reads: [
      ['Inca Kola', 300, { barcode: '7750182000123' }],
      ['Leche', 420, { barcode: '7751271021975' }],
      ['Galleta', 90, {}],
    ],
  },
  {
    name: 'sí, no, x, 1 and ticks',
    file: () =>
      rowsOnly(
        ['Producto', 'Precio', 'Favorito', 'Activo'],
        ['A1', 1, 'sí', 1],
        ['B1', 1, 'NO', 0],
        ['C1', 1, 'x', 'Activo'],
        ['D1', 1, '✓', 'Inactivo'],
        ['E1', 1, null, true],
      ),
    reads: [
      ['A1', 100, { favourite: true, available: true }],
      ['B1', 100, { favourite: false, available: false }],
      ['C1', 100, { favourite: true, available: true }],
      ['D1', 100, { favourite: true, available: false }],
      ['E1', 100, { available: true }],
    ],
  },
  {
    name: 'names that a spreadsheet would run',
    file: () =>
      rowsOnly(
        ['Nombre', 'Precio'],
        ['=HYPERLINK("x")', 5],
        ['+51 recarga', 10],
        ['-Promo-', 3],
        ['@gaseosa', 2],
      ),
    reads: [
      ['=HYPERLINK("x")', 500],
      ['+51 recarga', 1000],
      ['-Promo-', 300],
      ['@gaseosa', 200],
    ],
  },
  {
    name: 'units and IGV in words and in codes',
    file: () =>
      rowsOnly(
        ['Producto', 'Precio', 'Und', 'Afectación IGV'],
        ['Pollo', 9, 'KGM', '10'],
        ['Huevo', 0.5, 'und.', 'Gravado'],
        ['Papa', 2, 'kilo', 'Exonerado'],
        ['Libro', 30, 'NIU', '30 - Inafecto'],
        ['Aceite', 9, 'lt', 'gravado'],
      ),
    reads: [
      ['Pollo', 900, { unit: 'kg', affectation: '10' }],
      ['Huevo', 50, { unit: 'unidad', affectation: '10' }],
      ['Papa', 200, { unit: 'kg', affectation: '20' }],
      ['Libro', 3000, { unit: 'unidad', affectation: '30' }],
      ['Aceite', 900, { unit: 'unidad' }],
    ],
  },
  {
    name: 'stock with decimals, words and below zero',
    file: () =>
      rowsOnly(
        ['Producto', 'Precio', 'Stock actual'],
        ['Pollo', 9, 12.5],
        ['Huevo', 0.5, '1,200'],
        ['Papa', 2, '30 kg'],
        ['Gas', 45, -2],
        ['Vela', 1, 'agotado'],
        ['Foco', 5, null],
      ),
    reads: [
      ['Pollo', 900, { stockThousandths: 12_500 }],
      ['Huevo', 50, { stockThousandths: 1_200_000 }],
      ['Papa', 200, { stockThousandths: 30_000 }],
      ['Gas', 4500, { stockThousandths: -2000 }],
      ['Vela', 100, { stockThousandths: 0 }],
      ['Foco', 500],
    ],
  },
  {
    name: 'the same code in two rows',
    file: () =>
      rowsOnly(
        ['Producto', 'Precio', 'Código'],
        ['Inca Kola', 3, '7750182000123'],
        ['Sprite', 3, 'S1'],
        ['Inka Cola', 3.5, '7750182000123'],
      ),
    reads: [
      ['Inca Kola', 300],
      ['Sprite', 300],
    ],
    problems: ['Fila 4 repite el código 7750182000123 de la fila 2.'],
  },
  {
    name: 'rich text, hyperlinks and emoji',
    file: () =>
      rowsOnly(
        ['Producto', 'Precio'],
        [{ richText: [{ text: 'Pollo ' }, { font: { bold: true }, text: 'a la brasa 🍗' }] }, 55],
        [{ text: 'Inca Kola', hyperlink: 'https://example.test' }, 5],
      ),
    reads: [
      ['Pollo a la brasa 🍗', 5500],
      ['Inca Kola', 500],
    ],
  },
  {
    name: 'a name missing, and one of thirty thousand letters',
    file: () =>
      rowsOnly(
        ['Producto', 'Precio', 'Stock'],
        ['Arroz', 4.5, 1],
        [null, 5, 2],
        ['x'.repeat(30_000), 6, 3],
        ['Sal', 1.5, 4],
      ),
    reads: [
      ['Arroz', 450],
      ['Sal', 150],
    ],
    problems: ['A3: falta el nombre.', 'A4: el nombre pasa de 120 letras. Acórtalo.'],
  },
  {
    name: 'prices in dollars',
    file: () => prices('$ 12.50', 12),
    reads: [['Producto B', 1200]],
    problems: ['B2: "$ 12.50" está en dólares. Escribe el precio en soles.'],
  },
  {
    name: 'prices typed as text, with three decimals, below zero',
    file: () => prices('12.505', -1, '(3.50)', '1e3', 7),
    reads: [['Producto E', 700]],
    problems: [
      'B2: "12.505" tiene más de dos decimales. Usa hasta dos.',
      'B3: el precio no puede ser negativo.',
      'B4: el precio no puede ser negativo.',
      'B5: "1e3" no es un precio. Escribe un número.',
    ],
  },
  {
    name: 'S/.12 among prices with the old symbol',
    file: () => prices('S/.12', 'S/.4.50', 'S/. 8', 'S/.100.00'),
    reads: named(1200, 450, 800, 10_000),
  },

  {
    name: 'codes that say that there is none',
    file: () =>
      rowsOnly(
        ['Producto', 'Precio', 'Código', 'Barras'],
        ['A1', 1, 'S/C', 'sin código'],
        ['B1', 2, 's/c', '0'],
        ['C1', 3, '-', 'N/A'],
      ),
    reads: [
      ['A1', 100],
      ['B1', 200],
      ['C1', 300],
    ],
  },
  {
    name: 'halves and square metres stay as they are written',
    file: () =>
      rowsOnly(['Producto', 'Precio'], ['½ pollo', 28], ['Cerámico m²', 35.9], ['N° 16 «fino»…', 5]),
    reads: [
      ['½ pollo', 2800],
      ['Cerámico m²', 3590],
      ['N° 16 «fino»…', 500],
    ],
  },
  {
    name: 'IGV as a percentage, an hour for a price, a code that became a date',
    file: () =>
      excel((sheet) => {
        sheet.addRows([
          ['Producto', 'Precio', 'IGV', 'Código'],
          ['Arroz', 4.5, 0.18, 'A1'],
          ['Azúcar', 0.53125, 0.18, 'A2'],
          ['Sal', 1.5, 0.18, new Date(Date.UTC(2026, 1, 1))],
        ])
        sheet.getColumn(3).numFmt = '0%'
        sheet.getCell('B3').numFmt = 'h:mm'
      }),
    reads: [['Arroz', 450, { affectation: '10' }]],
    problems: ['B3: parece una hora (12:45), no un precio.', 'D4: parece una fecha (01/02), no un código.'],
  },
  {
    name: 'what comes in boxes and bags',
    file: () =>
      rowsOnly(
        ['Producto', 'Presentación', 'Precio', 'Unidad'],
        ['Leche', 'Caja x 12', 48, 'und'],
        ['Leche suelta', 'Unidad', 4.2, 'und'],
        ['Arroz', 'Saco 50 kg', 180, 'saco'],
      ),
    reads: [
      ['Leche', 4800, { presentation: 'Caja x 12', unit: 'unidad' }],
      ['Leche suelta', 420, { presentation: 'Unidad' }],
      ['Arroz', 18_000, { presentation: 'Saco 50 kg', unit: 'unidad' }],
    ],
  },
]
