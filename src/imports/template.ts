import ExcelJS from 'exceljs'

const titles = ['Nombre', 'Precio', 'Categoría', 'Código', 'Código de barras']

const examples: [string, number, string, string, string][] = [
  ['1/4 pollo', 15, 'Pollos a la brasa', '', ''],
  ['Lomo saltado', 18, 'A la carta', '', ''],
  ['Gaseosa 1.5 L', 9, 'Bebidas', 'GAS15', '7750182000123'],
]

const widths = [36, 12, 24, 16, 22]

const instructions = [
  'Cómo llenar tu lista de productos',
  '1. Ve a la hoja «Productos»: está vacía, con los títulos puestos.',
  '2. Escribe un producto por fila. Nombre y Precio son obligatorios; lo demás es opcional.',
  '3. El precio va con IGV, como lo cobras: 12.50',
  '4. Código y Código de barras no se repiten.',
  '5. Guarda el archivo como Libro de Excel (.xlsx) y súbelo en SmartKet. El máximo es 20,000 filas.',
  'Si lo subes otra vez con otros precios, SmartKet los actualiza sin repetir productos.',
  '',
  'Así se ve una lista llena (estos ejemplos no se suben):',
]

/**
 * «Descargar plantilla de Excel para importación masiva». The examples stand on the first sheet, which is
 * never read when the second is there: uploaded untouched, they must not become products.
 */
export async function templateWorkbook(): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook()
  workbook.creator = 'SmartKet'
  const help = workbook.addWorksheet('Instrucciones')
  help.addRows(instructions.map((line) => [line]))
  help.getRow(1).font = { bold: true, size: 14 }
  help.addRow(titles).font = { bold: true }
  help.addRows(examples)

  const sheet = workbook.addWorksheet('Productos', { views: [{ state: 'frozen', ySplit: 1 }] })
  help.columns = widths.map((width) => ({ width }))
  sheet.columns = titles.map((header, at) => ({ header, width: widths[at] ?? 16 }))
  sheet.getRow(1).font = { bold: true }
  sheet.getColumn(2).numFmt = '0.00'
  // As text: a long code typed into a number cell loses its last digits.
  sheet.getColumn(4).numFmt = '@'
  sheet.getColumn(5).numFmt = '@'
  workbook.views = [
    { x: 0, y: 0, width: 12_000, height: 8_000, firstSheet: 0, activeTab: 0, visibility: 'visible' },
  ]
  return new Uint8Array(await workbook.xlsx.writeBuffer())
}
