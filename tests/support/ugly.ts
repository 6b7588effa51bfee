import ExcelJS from 'exceljs'

/** A price list as a shop keeps it: its name above, a phone, abbreviations, words where prices should be, a total. */
export async function uglyList(): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('Precios')
  sheet.addRows([
    ['BODEGA DON BETO', null, null, null],
    ['Av. Grau 123 - Cel. 999 888 777', null, null, null],
    [],
    ['CÓD.', 'DESCRIPCIÓN', 'P. VENTA', 'FAMILIA'],
    ['A01', 'Lomo fino de la casa', 'S/ 28,50', 'Carnes'],
    ['A02', 'Causa limeña', 'consultar', 'Entradas'],
    ['A03', '  Leche de tigre  ', '1,015.00', 'Entradas'],
    ['A04', 'Suspiro', '', 'Postres'],
    ['A05', 'Chicha de jora', '7.5 soles', 'Bebidas'],
    [null, 'TOTAL', 1051, null],
  ])
  sheet.mergeCells('A1:D1')
  return Buffer.from(await book.xlsx.writeBuffer())
}

/** So many products, no two alike. */
export async function longList(rows: number): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('Lista')
  sheet.addRow(['Producto', 'Precio', 'Categoría'])
  for (let at = 1; at <= rows; at++)
    sheet.addRow([`Producto de la lista ${at}`, at / 10, `Pasillo ${at % 9}`])
  return Buffer.from(await book.xlsx.writeBuffer())
}
