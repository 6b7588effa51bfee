import { encryptedWorkbook, oldWorkbook, picture, zip } from '../support/sheets.ts'
import type { RefusedCase } from './case.ts'
import { rowsOnly } from './excel.ts'
import { inlineRows, rawBook } from './raw.ts'

const text = (content: string) => Buffer.from(content)
const trick = (declaration: string) =>
  rawBook({
    sheets: [{ name: 'a', data: '' }],
    parts: {
      'xl/worksheets/sheet1.xml': `<?xml version="1.0"?>${declaration}<worksheet><sheetData><row><c t="inlineStr"><is><t>&lol9;</t></is></c></row></sheetData></worksheet>`,
    },
  })

export const refused: RefusedCase[] = [
  { name: 'nothing in it', file: () => new Uint8Array(), problem: 'empty' },
  { name: 'only spaces', file: () => text(' \n\n ;; \n'), problem: 'empty' },
  { name: 'an empty workbook', file: () => rowsOnly(), problem: 'empty' },
  { name: 'a picture with another name', fileName: 'lista.xlsx', file: () => picture, problem: 'not-excel' },
  { name: 'a PDF', file: () => text('%PDF-1.7\n…'), problem: 'not-excel' },
  {
    name: 'a document of Word',
    file: () =>
      zip({
        '[Content_Types].xml': text('<Types/>'),
        '_rels/.rels': text(
          '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/></Relationships>',
        ),
        'word/document.xml': text('<document/>'),
      }),
    problem: 'not-excel',
  },
  { name: 'Excel 97', fileName: 'lista.xls', file: oldWorkbook, problem: 'old-excel' },
  {
    name: 'the binary workbook of Excel',
    file: () => zip({ 'xl/workbook.bin': text('x') }),
    problem: 'old-excel',
  },
  {
    name: 'a page that calls itself .xls',
    fileName: 'reporte.xls',
    file: () => text('<html><table><tr><td>Producto</td></tr></table></html>'),
    problem: 'old-excel',
  },
  {
    name: 'LibreOffice',
    fileName: 'lista.ods',
    file: () =>
      zip({ mimetype: text('application/vnd.oasis.opendocument.spreadsheet'), 'content.xml': text('<x/>') }),
    problem: 'open-document',
  },
  { name: 'Numbers', file: () => zip({ 'Index/Document.iwa': text('x') }), problem: 'numbers' },
  { name: 'a password', file: encryptedWorkbook, problem: 'password' },
  {
    name: 'a torn upload',
    file: async () => (await rowsOnly(['Producto', 'Precio'], ['a', 1])).slice(0, 900),
    problem: 'not-excel',
  },
  { name: 'above 15 MB', file: () => new Uint8Array(15_000_001).fill(65), problem: 'too-large' },
  {
    name: 'a bomb',
    file: () => zip({ 'xl/workbook.xml': Buffer.alloc(250_000_000) }),
    problem: 'too-big-inside',
  },
  {
    name: 'a bomb that declares ten bytes',
    file: () => forged(zip({ 'xl/workbook.xml': Buffer.alloc(50_000_000) })),
    problem: 'not-excel',
  },
  {
    name: 'one text of 32,000 letters that 152,000 cells name',
    file: () =>
      rawBook({
        sheets: [{ name: 'a', data: `<row>${'<c t="s"><v>0</v></c>'.repeat(8)}</row>`.repeat(19_000) }],
        strings: ['ñ'.repeat(32_000)],
      }),
    problem: 'too-big-inside',
  },
  {
    name: 'the same in blanks',
    file: () =>
      rawBook({
        sheets: [{ name: 'a', data: `<row>${'<c t="s"><v>0</v></c>'.repeat(8)}</row>`.repeat(19_000) }],
        strings: [`<t xml:space="preserve">${' '.repeat(32_000)}.</t>`],
      }),
    problem: 'too-big-inside',
  },
  {
    name: 'a long text merged down 19,000 rows',
    file: () =>
      rawBook({
        sheets: [
          {
            name: 'a',
            data: inlineRows([['x'.repeat(32_000), 'y'], ...Array.from({ length: 19_000 }, () => [null, 1])]),
            after: '<mergeCells><mergeCell ref="A1:A19001"/></mergeCells>',
          },
        ],
      }),
    problem: 'too-big-inside',
  },
  {
    name: 'a million cells in a text',
    file: () => text(`Producto;Precio\n${`${'a;'.repeat(255)}a\n`.repeat(4_000)}`),
    problem: 'too-big-inside',
  },
  {
    name: 'one value at the far end of each row of every sheet',
    file: () =>
      rawBook({
        sheets: Array.from({ length: 30 }, (_, at) => ({
          name: `a${at}`,
          data: '<row><c r="IV1"><v>1</v></c></row>'.repeat(19_000),
        })),
      }),
    problem: 'too-big-inside',
  },
  {
    name: 'a billion laughs',
    file: () => trick('<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol9 "&lol;&lol;">]>'),
    problem: 'not-excel',
  },
  {
    name: 'an entity that would fetch a file',
    file: () => trick('<!DOCTYPE x [<!ENTITY lol9 SYSTEM "file:///etc/passwd">]>'),
    problem: 'not-excel',
  },
  {
    name: '34,000 rows',
    file: () =>
      rawBook({
        sheets: [
          {
            name: 'Hoja1',
            data: inlineRows([
              ['Producto', 'Precio'],
              ...Array.from({ length: 34_000 }, (_, at): [string, number] => [`Producto ${at}`, 1]),
            ]),
          },
        ],
      }),
    problem: 'too-many-rows',
    rows: 34_000,
  },
  {
    name: 'a million rows',
    file: () =>
      rawBook({ sheets: [{ name: 'Hoja1', data: '<row><c><v>1</v></c></row>'.repeat(1_000_000) }] }),
    problem: 'too-many-rows',
    rows: 1_000_000,
  },
  {
    name: '20,001 lines',
    file: () =>
      text(`Producto;Precio\n${Array.from({ length: 20_001 }, (_, at) => `Producto ${at};1`).join('\n')}`),
    problem: 'too-many-rows',
    rows: 20_001,
  },
  {
    name: 'a tag that never ends',
    file: () =>
      rawBook({
        sheets: [{ name: 'a', data: '' }],
        parts: { 'xl/worksheets/sheet1.xml': `<worksheet ${'a'.repeat(9_000_000)}` },
      }),
    problem: 'not-excel',
  },
]

/** Its sizes say ten bytes; what comes out is more. */
function forged(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const view = Buffer.from(bytes)
  view.writeUInt32LE(10, 22)
  const central = view.lastIndexOf(Buffer.from('PK\u0001\u0002'))
  view.writeUInt32LE(10, central + 24)
  return new Uint8Array(view)
}
