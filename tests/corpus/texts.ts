import type { Case } from './case.ts'

const utf8 = (text: string) => Buffer.from(text)
const bom = (text: string) => Buffer.from(`\ufeff${text}`)
/** Latin letters as Windows keeps them. */
const windows = (text: string) => Buffer.from(text, 'latin1')
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')
const list: Case['reads'] = [
  ['Arroz Costeño', 450],
  ['Azúcar', 420],
]

/** Lists saved as text. */
export const texts: Case[] = [
  {
    name: 'commas, UTF-8',
    file: () => utf8('Producto,Precio\nArroz Costeño,4.50\nAzúcar,4.20\n'),
    reads: list,
  },
  {
    name: 'semicolons, UTF-8 with its mark, CRLF',
    file: () => bom('Producto;Precio\r\nArroz Costeño;4,50\r\nAzúcar;4,20\r\n'),
    reads: list,
  },
  {
    name: 'semicolons, Windows-1252',
    file: () => windows('CÓDIGO;DESCRIPCIÓN;PRECIO\r\nA1;Arroz Costeño;4,50\r\nA2;Azúcar;4,20'),
    reads: [
      ['Arroz Costeño', 450, { code: 'A1' }],
      ['Azúcar', 420, { code: 'A2' }],
    ],
  },
  {
    name: '«Texto Unicode» of Excel: UTF-16 with tabs',
    fileName: 'lista.txt',
    file: () => utf16('Producto\tPrecio\r\nArroz Costeño\t4.50\r\nAzúcar\t4.20\r\n'),
    reads: list,
  },
  {
    name: 'UTF-16 the other way round',
    file: () => utf16('Producto\tPrecio\r\nArroz Costeño\t4.50\r\nAzúcar\t4.20\r\n').swap16(),
    reads: list,
  },
  {
    name: 'UTF-16 without its mark',
    file: () => utf16('Producto;Precio\r\nArroz Costeño;4.50\r\nAzúcar;4.20\r\n').subarray(2),
    reads: list,
  },
  {
    name: 'sep=; in the first line',
    file: () => windows('sep=;\r\nProducto;Precio\r\nArroz Costeño;4.50\r\nAzúcar;4.20\r\n'),
    reads: list,
  },
  {
    name: 'quotes, commas and line breaks inside quotes',
    file: () => utf8('"Producto","Precio"\n"Arroz, Costeño","4.50"\n"Azúcar\nrubia ""Cartavio""","4,20"\n'),
    reads: [
      ['Arroz, Costeño', 450],
      ['Azúcar rubia "Cartavio"', 420],
    ],
  },
  {
    name: 'trailing separators and empty lines',
    file: () =>
      utf8(
        'Lista de precios,,,,\n,,,,\nProducto,Precio,,,\nArroz Costeño,4.50,,,\n,,,,\nAzúcar,4.20,,,\n,,,,\n',
      ),
    reads: list,
    headerRow: 3,
  },
  {
    name: 'quotes that are inches, and one that is never closed',
    file: () => utf8('Producto;Precio\nTubo 1/2" PVC;4.50\nUnión 1";1.5\n"Codo 3/4;2\n'),
    reads: [
      ['Tubo 1/2" PVC', 450],
      ['Unión 1"', 150],
      ['"Codo 3/4', 200],
    ],
  },
  {
    name: 'each line between quotes',
    file: () => utf8('"Producto,Precio"\n"""Arroz, Costeño"",4.50"\n"Azúcar,4.20"\n'),
    reads: [
      ['Arroz, Costeño', 450],
      ['Azúcar', 420],
    ],
  },
  {
    name: 'bars',
    file: () => utf8('Producto|Precio|Stock\nArroz Costeño|4.50|10\nAzúcar|4.20|20\n'),
    reads: list,
  },
  {
    name: 'only carriage returns, as an old Mac',
    file: () => utf8('Producto,Precio\rArroz Costeño,4.50\rAzúcar,4.20\r'),
    reads: list,
  },
  {
    name: 'spaces after the commas and around the quotes',
    file: () => utf8('Producto, Precio\n"Arroz Costeño" , "4.50"\nAzúcar, 4.20\n'),
    reads: list,
  },
  {
    name: 'thousands with commas between quotes',
    file: () => utf8('Producto,Precio,Stock\nCocina,"S/ 1,234.50","1,000"\nOlla,89.90,15\n'),
    reads: [
      ['Cocina', 123450, { stockThousandths: 1_000_000 }],
      ['Olla', 8990],
    ],
  },
  {
    name: 'dates where Excel saw dates',
    file: () => utf8('Producto;Precio\nArroz;15-ago\nAzúcar;15/08/2026\nSal;1.50\n'),
    reads: [['Sal', 150]],
    problems: ['B2: parece una fecha (15-ago), no un precio.', 'B3: parece una fecha (15/08), no un precio.'],
  },
  {
    name: 'barcodes that Excel cut on saving',
    file: () => utf8('Código de barras;Producto;Precio\n7,75018E+12;Arroz;4.50\n7751271021975;Leche;4.20\n'),
    reads: [['Leche', 420, { barcode: '7751271021975' }]],
    problems: [
      'A2: "7,75018E+12" perdió sus números al guardarse. Escribe el código completo, con formato de texto.',
    ],
  },
  {
    name: 'a formula that somebody hid in a name',
    file: () => utf8('nombre,precio\n"=cmd|\'/c calc\'!A1",5\n+1,2\n'),
    reads: [
      ["=cmd|'/c calc'!A1", 500],
      ['+1', 200],
    ],
  },
  {
    name: 'the export of another till: many columns',
    file: () =>
      utf8(
        'Handle,SKU,Nombre,Categoría,Descripción,Se vende por peso,Precio [Principal],Coste,Código de barras,En stock [Principal]\narroz,10001,Arroz Costeño,Abarrotes,,N,4.50,3.80,7750182000123,24\nazucar,10002,Azúcar,Abarrotes,,N,4.20,3.50,,12\n',
      ),
    reads: [
      ['Arroz Costeño', 450, { code: '10001', category: 'Abarrotes', barcode: '7750182000123' }],
      ['Azúcar', 420, { code: '10002' }],
    ],
  },
]
