import ExcelJS from 'exceljs'

export type Sheet = ExcelJS.Worksheet

/** A workbook drawn by hand: `draw` does to its first sheet what an owner does. */
export async function excel(
  draw: (sheet: Sheet, book: ExcelJS.Workbook) => void,
  name = 'Hoja1',
): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook()
  draw(book.addWorksheet(name), book)
  return new Uint8Array(await book.xlsx.writeBuffer())
}

/** Only rows, one below the other. */
export const rowsOnly = (...rows: unknown[][]) => excel((sheet) => void sheet.addRows(rows))
