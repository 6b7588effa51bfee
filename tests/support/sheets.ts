import { crc32, deflateRawSync } from 'node:zlib'
import ExcelJS from 'exceljs'

/** A real workbook as Excel saves it: one sheet, the first row its titles. */
export async function workbook(rows: unknown[][], sheetName = 'Productos'): Promise<Uint8Array<ArrayBuffer>> {
  const book = new ExcelJS.Workbook()
  book.addWorksheet(sheetName).addRows(rows)
  return new Uint8Array(await book.xlsx.writeBuffer())
}

export const titles = ['Nombre', 'Precio', 'Categoría', 'Código', 'Código de barras']

/** A zip of these files, deflated: for workbooks that no library would write. */
export function zip(files: Record<string, Buffer>): Uint8Array<ArrayBuffer> {
  const locals: Buffer[] = []
  const centrals: Buffer[] = []
  let offset = 0
  for (const [name, content] of Object.entries(files)) {
    const data = deflateRawSync(content, { level: 9 })
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc32(content), 10)
    common.writeUInt32LE(data.length, 14)
    common.writeUInt32LE(content.length, 18)
    common.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, Buffer.from(name), data])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    centrals.push(
      Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), common, rest, Buffer.from(name)]),
    )
    locals.push(local)
    offset += local.length
  }
  const central = Buffer.concat(centrals)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(centrals.length, 4)
  end.writeUInt16LE(centrals.length, 6)
  end.writeUInt32LE(central.length, 8)
  end.writeUInt32LE(offset, 12)
  return new Uint8Array(Buffer.concat([...locals, central, Buffer.from('PK\u0005\u0006'), end]))
}

/** What Excel writes for a workbook with a password: no zip, an OLE container around the encrypted one. */
export function encryptedWorkbook(): Uint8Array<ArrayBuffer> {
  return oleContainer('EncryptedPackage')
}

/** A workbook of Excel 97. */
export const oldWorkbook = () => oleContainer('Workbook')

function oleContainer(stream: string): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.alloc(4096)
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(bytes)
  Buffer.from(stream, 'utf16le').copy(bytes, 1024)
  return new Uint8Array(bytes)
}

/** The smallest picture there is, under another name. */
export const picture = new Uint8Array(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
)
