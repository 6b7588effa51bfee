import type { Case } from './case.ts'
import { excel, rowsOnly } from './excel.ts'

/** Where things stand: titles, sheets, columns, sections. */
export const layouts: Case[] = [
  {
    name: 'the template as it comes',
    file: () =>
      rowsOnly(
        ['Nombre', 'Precio', 'Categoría', 'Código', 'Código de barras'],
        ['1/4 pollo', 15, 'Pollos a la brasa', '', ''],
        ['Gaseosa 1.5 L', 9, 'Bebidas', 'GAS15', '7750182000123'],
      ),
    headerRow: 1,
    reads: [
      ['1/4 pollo', 1500, { category: 'Pollos a la brasa' }],
      ['Gaseosa 1.5 L', 900, { code: 'GAS15', barcode: '7750182000123' }],
    ],
  },
  {
    name: 'name of the shop, address and date above the titles, merged across',
    file: () =>
      excel((sheet) => {
        sheet.addRows([
          ['BODEGA DOÑA CARLA'],
          ['Jr. Puno 450, Lima — Tel. 987654321'],
          ['Lista de precios al 15/08/2026'],
          [],
          ['CÓD.', 'PRODUCTO', 'P. VENTA'],
          ['A01', 'Arroz Costeño 750 g', 4.5],
          ['A02', 'Azúcar rubia 1 kg', 4.2],
        ])
        sheet.mergeCells('A1:C1')
        sheet.mergeCells('A2:C2')
        sheet.mergeCells('A3:C3')
      }),
    headerRow: 5,
    reads: [
      ['Arroz Costeño 750 g', 450, { code: 'A01' }],
      ['Azúcar rubia 1 kg', 420, { code: 'A02' }],
    ],
  },
  {
    name: 'a cover and a sheet of instructions before the list',
    file: () =>
      excel((sheet, book) => {
        sheet.addRows([['Catálogo 2026'], ['Bodega Carla']])
        book
          .addWorksheet('Instrucciones')
          .addRows([
            ['Cómo llenar'],
            ['1. Escribe el nombre y el precio de cada producto en la hoja siguiente.'],
            ['Columna', 'Qué va'],
            ['Nombre', 'El nombre del producto'],
            ['Precio', 'Con IGV'],
          ])
        book.addWorksheet('Precios').addRows([
          ['Artículo', 'PVP'],
          ['Leche Gloria', 4.2],
          ['Pan de molde', 8.9],
          ['Huevos x 15', 9.5],
        ])
      }, 'Portada'),
    headerRow: 1,
    reads: [
      ['Leche Gloria', 420],
      ['Pan de molde', 890],
      ['Huevos x 15', 950],
    ],
  },
  {
    name: 'empty columns on the left and between',
    file: () =>
      rowsOnly(
        [],
        [],
        [null, null, 'Descripción', null, 'Precio Unit.'],
        [null, null, 'Clavo 2"', null, 0.1],
        [null, null, 'Martillo', null, 25],
      ),
    reads: [
      ['Clavo 2"', 10],
      ['Martillo', 2500],
    ],
  },
  {
    name: 'two titles alike, the first column empty',
    file: () =>
      rowsOnly(['Producto', 'Precio', 'Precio'], ['Inca Kola 500 ml', null, 3], ['Agua San Luis', null, 2]),
    reads: [
      ['Inca Kola 500 ml', 300],
      ['Agua San Luis', 200],
    ],
  },
  {
    name: 'two titles alike, both filled: the first counts',
    file: () =>
      rowsOnly(['Producto', 'Precio', 'Precio'], ['Inca Kola 500 ml', 3, 2.5], ['Agua San Luis', 2, 1.5]),
    reads: [
      ['Inca Kola 500 ml', 300],
      ['Agua San Luis', 200],
    ],
  },
  {
    name: 'the titles once more on each printed page',
    file: () =>
      rowsOnly(
        ['Plato', 'Precio'],
        ['Lomo saltado', 18],
        ['Ají de gallina', 15],
        ['Plato', 'Precio'],
        ['Ceviche', 25],
        ['PLATO', 'PRECIO'],
        ['Arroz con pollo', 14],
      ),
    reads: [
      ['Lomo saltado', 1800],
      ['Ají de gallina', 1500],
      ['Ceviche', 2500],
      ['Arroz con pollo', 1400],
    ],
  },
  {
    name: 'no titles at all',
    file: () => rowsOnly(['Arroz con pollo', 14], ['Ceviche', 25.5], ['Causa', 10]),
    headerRow: null,
    reads: [
      ['Arroz con pollo', 1400],
      ['Ceviche', 2550],
      ['Causa', 1000],
    ],
  },
  {
    name: 'no titles, barcode first and stock last',
    file: () =>
      rowsOnly(
        ['7750182000123', 'Inca Kola 1.5 L', 7.5, 24],
        ['7751271021975', 'Leche Gloria', 4.2, 48],
        ['7750885012928', 'Galleta Soda', 0.9, 100],
      ),
    headerRow: null,
    reads: [
      ['Inca Kola 1.5 L', 750, { stockThousandths: 24_000 }],
      ['Leche Gloria', 420, { stockThousandths: 48_000 }],
      ['Galleta Soda', 90, { stockThousandths: 100_000 }],
    ],
  },
  {
    name: 'categories alone in a row, in capitals',
    file: () =>
      rowsOnly(
        ['CARTA', ''],
        ['Producto', 'Precio'],
        ['POLLOS', null],
        ['1/4 pollo', 15],
        ['1/2 pollo', 28],
        ['BEBIDAS', null],
        ['Chicha morada 1 L', 10],
        ['Inca Kola', 5],
      ),
    reads: [
      ['1/4 pollo', 1500, { category: 'POLLOS' }],
      ['1/2 pollo', 2800, { category: 'POLLOS' }],
      ['Chicha morada 1 L', 1000, { category: 'BEBIDAS' }],
      ['Inca Kola', 500, { category: 'BEBIDAS' }],
    ],
  },
  {
    name: 'everything in capitals, categories with an empty row above them',
    file: () =>
      rowsOnly(
        ['PRODUCTO', 'PRECIO'],
        ['CERVEZAS'],
        ['PILSEN 630', 8],
        ['CRISTAL 630', 7.5],
        [],
        ['GASEOSAS'],
        ['INCA KOLA 3L', 13],
      ),
    reads: [
      ['PILSEN 630', 800, { category: 'CERVEZAS' }],
      ['CRISTAL 630', 750, { category: 'CERVEZAS' }],
      ['INCA KOLA 3L', 1300, { category: 'GASEOSAS' }],
    ],
  },
  {
    name: 'category merged down beside its products',
    file: () =>
      excel((sheet) => {
        sheet.addRows([
          ['Familia', 'Descripción', 'P.V.'],
          ['Lácteos', 'Leche', 4.2],
          [null, 'Yogurt', 6.5],
          [null, 'Queso', 12],
          ['Limpieza', 'Lejía', 3],
          [null, 'Ace', 5.5],
        ])
        sheet.mergeCells('A2:A4')
        sheet.mergeCells('A5:A6')
      }),
    reads: [
      ['Leche', 420, { category: 'Lácteos' }],
      ['Yogurt', 650, { category: 'Lácteos' }],
      ['Queso', 1200, { category: 'Lácteos' }],
      ['Lejía', 300, { category: 'Limpieza' }],
      ['Ace', 550, { category: 'Limpieza' }],
    ],
  },
  {
    name: 'category only in the first row of its group',
    file: () =>
      rowsOnly(
        ['Línea', 'Producto', 'Precio'],
        ['Lácteos', 'Leche', 4.2],
        [null, 'Yogurt', 6.5],
        [null, 'Queso', 12],
        ['Limpieza', 'Lejía', 3],
        [null, 'Ace', 5.5],
      ),
    reads: [
      ['Leche', 420, { category: 'Lácteos' }],
      ['Yogurt', 650, { category: 'Lácteos' }],
      ['Queso', 1200, { category: 'Lácteos' }],
      ['Lejía', 300, { category: 'Limpieza' }],
      ['Ace', 550, { category: 'Limpieza' }],
    ],
  },
  {
    name: 'totals and subtotals at the bottom',
    file: () =>
      rowsOnly(
        ['Producto', 'Cant.', 'Precio'],
        ['Martillo', 3, 25],
        ['Alicate', 2, 18],
        ['SUBTOTAL', 5, 43],
        ['Clavos', 100, 0.1],
        ['TOTAL GENERAL', 105, 43.1],
        [null, 105, 43.1],
      ),
    reads: [
      ['Martillo', 2500, { stockThousandths: 3000 }],
      ['Alicate', 1800, { stockThousandths: 2000 }],
      ['Clavos', 10, { stockThousandths: 100_000 }],
    ],
  },
  {
    name: 'remarks below the list',
    file: () =>
      rowsOnly(
        ['Plato', 'Precio'],
        ['Lomo saltado', 18],
        ['Ceviche', 25],
        [],
        ['* Los precios incluyen IGV'],
        ['Gracias por su preferencia'],
      ),
    reads: [
      ['Lomo saltado', 1800],
      ['Ceviche', 2500],
    ],
  },
  {
    name: 'cost, wholesale and sale price side by side',
    file: () =>
      rowsOnly(
        ['CÓDIGO INTERNO', 'DETALLE', 'P. COMPRA', 'PRECIO X MAYOR', 'PRECIO VENTA', 'EXISTENCIA', 'U.M.'],
        ['F01', 'Cemento Sol', 24, 27, 29.9, 40, 'BLS'],
        ['F02', 'Arena fina', 3, 3.5, 4.5, 100, 'KG'],
      ),
    reads: [
      ['Cemento Sol', 2990, { code: 'F01', costCentimos: 2400, stockThousandths: 40_000, unit: 'unidad' }],
      ['Arena fina', 450, { code: 'F02', costCentimos: 300, unit: 'kg' }],
    ],
  },
  {
    name: 'titles in two rows: «Precio» above «Compra», «Mayor», «Venta»',
    file: () =>
      excel((sheet) => {
        sheet.addRows([
          ['Cód.', 'Producto', 'Precio', null, null],
          [null, null, 'Compra', 'Mayor', 'Venta'],
          ['1', 'Polo', 12, 18, 25],
          ['2', 'Gorra', 8, 12, 20],
        ])
        sheet.mergeCells('C1:E1')
      }),
    headerRow: 2,
    reads: [
      ['Polo', 2500, { costCentimos: 1200, code: '1' }],
      ['Gorra', 2000, { costCentimos: 800, code: '2' }],
    ],
  },
  {
    name: 'a column that only numbers the rows',
    file: () =>
      rowsOnly(
        ['N°', 'ITEM', 'IMPORTE'],
        [1, 'Corte de cabello', 20],
        [2, 'Tinte', 80],
        [3, 'Manicure', 25],
        [4, 'Pedicure', 30],
      ),
    reads: [
      ['Corte de cabello', 2000],
      ['Tinte', 8000],
      ['Manicure', 2500],
      ['Pedicure', 3000],
    ],
  },
  {
    name: 'only «Plato» and «Costo»: what it costs the customer',
    file: () => rowsOnly(['Plato', 'Costo'], ['Lomo saltado', 18], ['Ceviche', 25]),
    reads: [
      ['Lomo saltado', 1800],
      ['Ceviche', 2500],
    ],
  },
  {
    name: 'hidden rows of a filter and a hidden sheet of lists',
    file: () =>
      excel((sheet, book) => {
        sheet.addRows([
          ['Producto', 'Precio'],
          ['Arroz', 4.5],
          ['Azúcar', 4.2],
          ['Sal', 1.5],
        ])
        sheet.getRow(3).hidden = true
        book
          .addWorksheet('Listas', { state: 'hidden' })
          .addRows([
            ['Producto', 'Precio'],
            ...Array.from({ length: 50 }, (_, at) => [`Viejo ${at}`, at + 1]),
          ])
      }),
    reads: [
      ['Arroz', 450],
      ['Azúcar', 420],
      ['Sal', 150],
    ],
  },
  {
    name: 'the old and the new price',
    file: () =>
      rowsOnly(['Producto', 'Precio anterior', 'Precio actual'], ['Arroz', 4, 4.5], ['Azúcar', 4, 4.2]),
    reads: [
      ['Arroz', 450],
      ['Azúcar', 420],
    ],
  },
  {
    name: 'the title of the name forgotten',
    file: () => rowsOnly(['', 'Precio', 'Stock'], ['Arroz', 4.5, 10], ['Azúcar', 4.2, 20], ['Sal', 1.5, 30]),
    reads: [
      ['Arroz', 450, { stockThousandths: 10_000 }],
      ['Azúcar', 420],
      ['Sal', 150],
    ],
  },
  {
    name: 'the sales of the year in a second sheet, far longer than the list',
    file: () =>
      excel((sheet, book) => {
        sheet.addRows([
          ['Producto', 'Precio'],
          ['Arroz', 4.5],
          ['Azúcar', 4.2],
        ])
        book
          .addWorksheet('Ventas')
          .addRows([
            ['Fecha', 'Boleta', 'Total'],
            ...Array.from({ length: 21_000 }, (_, at) => ['01/02/2026', `B001-${at}`, 12]),
          ])
      }, 'Productos'),
    reads: [
      ['Arroz', 450],
      ['Azúcar', 420],
    ],
  },

  {
    name: 'a carta with the price title beside each section and none above',
    file: () =>
      rowsOnly(
        ['ENTRADAS', 'PRECIO'],
        ['Causa limeña', 12],
        ['Papa a la huancaína', 10],
        ['FONDOS', 'PRECIO'],
        ['Lomo saltado', 18],
        ['Seco de res', 20],
        ['BEBIDAS', 'S/'],
        ['Chicha morada', 5],
      ),
    reads: [
      ['Causa limeña', 1200, { category: 'ENTRADAS' }],
      ['Papa a la huancaína', 1000, { category: 'ENTRADAS' }],
      ['Lomo saltado', 1800, { category: 'FONDOS' }],
      ['Seco de res', 2000, { category: 'FONDOS' }],
      ['Chicha morada', 500, { category: 'BEBIDAS' }],
    ],
  },
  {
    name: 'name and price in one cell, dots between',
    file: () =>
      rowsOnly(
        ['CARTA'],
        ['Lomo saltado ........ S/ 18.00'],
        ['Ceviche mixto ....... S/ 25.00'],
        ['Gaseosa 500 ml ...... 4.50'],
        ['Arroz con mariscos - 28'],
      ),
    reads: [
      ['Lomo saltado', 1800],
      ['Ceviche mixto', 2500],
      ['Gaseosa 500 ml', 450],
      ['Arroz con mariscos', 2800],
    ],
  },
  {
    name: 'the sign in a column of its own, dots behind the names',
    file: () =>
      excel((sheet) => {
        sheet.addRows([
          ['Plato', 'Precio', null],
          ['Lomo saltado .....', 'S/', 18],
          ['Ceviche ..........', 'S/', 25],
          ['Causa ............', 'S/', 12.5],
        ])
        sheet.mergeCells('B1:C1')
      }),
    reads: [
      ['Lomo saltado', 1800],
      ['Ceviche', 2500],
      ['Causa', 1250],
    ],
  },
  {
    name: 'plate, description and price',
    file: () =>
      rowsOnly(
        ['Descripción', 'Plato', 'Precio (S/)'],
        ['Carne flambeada con papas y arroz', 'Lomo saltado', 18],
        ['Pescado del día en limón', 'Ceviche', 25],
      ),
    reads: [
      ['Lomo saltado', 1800],
      ['Ceviche', 2500],
    ],
  },
  {
    name: 'sections in the column of the codes, merged across',
    file: () =>
      excel((sheet) => {
        sheet.addRows([
          ['CÓDIGO', 'PRODUCTO', 'PRECIO\nVENTA'],
          ['Útiles de aseo'],
          ['U1', 'Jabón', 2.5],
          ['U2', 'Champú', 12],
          ['Comida de perro'],
          ['M1', 'Ricocan 1 kg', 9],
        ])
        sheet.mergeCells('A2:C2')
        sheet.mergeCells('A5:C5')
      }),
    reads: [
      ['Jabón', 250, { category: 'Útiles de aseo', code: 'U1' }],
      ['Champú', 1200, { category: 'Útiles de aseo' }],
      ['Ricocan 1 kg', 900, { category: 'Comida de perro' }],
    ],
  },
  {
    name: 'a product without its price among others is a product',
    file: () =>
      rowsOnly(
        ['Plato', 'Precio'],
        ['Lomo saltado', 18],
        ['Ají de gallina', null],
        ['Ceviche', 25],
        ['Causa', 10],
      ),
    reads: [
      ['Lomo saltado', 1800],
      ['Ceviche', 2500],
      ['Causa', 1000],
    ],
    problems: ['B3: falta el precio.'],
  },
  {
    name: 'the inventory of a shop of tools: sixteen columns',
    file: () =>
      rowsOnly(
        ['FERRETERÍA DON BETO'],
        ['Fecha: 15/08/2026'],
        [],
        [
          'ITEM',
          'COD.',
          'COD. BARRA',
          'DESCRIPCION DEL PRODUCTO',
          'MARCA',
          'LINEA',
          'SUB LINEA',
          'U/M',
          'STOCK MIN',
          'STOCK ACT.',
          'P.COSTO',
          'MARGEN',
          'P.V.P.',
          'P. MAYORISTA',
          'IGV',
          'OBS.',
        ],
        [
          1,
          'F001',
          '7750182000123',
          'Taladro percutor',
          'Bosch',
          'Eléctricas',
          'Taladros',
          'UND',
          1,
          3,
          210.5,
          '20%',
          299.9,
          280,
          'SI',
          '',
        ],
        [
          2,
          'F002',
          '',
          'Alambre N° 16',
          'Prodac',
          'Alambres',
          'Negro',
          'KG',
          5,
          42.5,
          4.1,
          '22%',
          6,
          5.5,
          'SI',
          'x kilo',
        ],
      ),
    headerRow: 4,
    reads: [
      [
        'Taladro percutor',
        29990,
        {
          code: 'F001',
          barcode: '7750182000123',
          category: 'Eléctricas',
          unit: 'unidad',
          stockThousandths: 3000,
          costCentimos: 21050,
          affectation: '10',
        },
      ],
      ['Alambre N° 16', 600, { code: 'F002', unit: 'kg', stockThousandths: 42_500, category: 'Alambres' }],
    ],
  },
  {
    name: 'prices with and without IGV',
    file: () =>
      rowsOnly(
        ['Producto', 'Valor Unit. (sin IGV)', 'IGV', 'Precio Unit. (con IGV)'],
        ['Silla', 100, 18, 118],
        ['Mesa', 200, 36, 236],
        ['Banco', 50, 9, 59],
      ),
    reads: [
      ['Silla', 11800],
      ['Mesa', 23600],
      ['Banco', 5900],
    ],
  },

  {
    name: 'the first product without its price is no section',
    file: () =>
      rowsOnly(['Plato', 'Precio'], ['Lomo saltado', null], ['Ají de gallina', 15], ['Ceviche', 25]),
    reads: [
      ['Ají de gallina', 1500],
      ['Ceviche', 2500],
    ],
    problems: ['B2: falta el precio.'],
  },
]
