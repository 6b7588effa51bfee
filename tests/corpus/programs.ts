import type { Case } from './case.ts'
import { inlineRows, prefixed, rawBook } from './raw.ts'

const list: Case['reads'] = [
  ['Arroz', 450],
  ['Azúcar', 420],
]
const sheet = (data: string, after?: string) => [{ name: 'Hoja1', data, ...(after ? { after } : {}) }]
const row = (number: number, name: string, price: string) =>
  `<row r="${number}"><c r="A${number}" t="inlineStr"><is><t>${name}</t></is></c>${price}</row>`

/** The same small list as different programs write its parts. */
export const programs: Case[] = [
  {
    name: 'Excel: shared strings, spans, styles',
    file: () =>
      rawBook({
        strings: ['Producto', 'Precio', 'Arroz', 'Azúcar'],
        formats: ['"S/"\\ #,##0.00'],
        sheets: sheet(
          '<row r="1" spans="1:2"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2" spans="1:2"><c r="A2" t="s"><v>2</v></c><c r="B2" s="1"><v>4.5</v></c></row><row r="3" spans="1:2"><c r="A3" t="s"><v>3</v></c><c r="B3" s="1"><v>4.2</v></c></row>',
        ),
      }),
    reads: list,
  },
  {
    name: 'a small exporter: inline texts, no references, no shared strings',
    file: () =>
      rawBook({
        sheets: sheet(
          inlineRows([
            ['Producto', 'Precio'],
            ['Arroz', 4.5],
            ['Azúcar', 4.2],
          ]),
        ),
      }),
    reads: list,
  },
  {
    name: 'LibreOffice: t="str" for the results of formulas, t="n" written out',
    file: () =>
      rawBook({
        sheets: sheet(
          `<row r="1"><c r="A1" t="str"><f aca="false">"Producto"</f><v>Producto</v></c><c r="B1" t="str"><v>Precio</v></c></row>${row(2, 'Arroz', '<c r="B2" t="n"><f aca="false">4+0.5</f><v>4.5</v></c>')}${row(3, 'Azúcar', '<c r="B3" t="n"><v>4.2</v></c>')}`,
        ),
      }),
    reads: list,
  },
  {
    name: 'Google Sheets: no number of rows, custom heights, a drawing',
    file: () =>
      rawBook({
        strings: ['Producto', 'Precio', 'Arroz', 'Azúcar'],
        sheets: sheet(
          '<row r="1" customHeight="1" ht="15.75"><c r="A1" s="0" t="s"><v>0</v></c><c r="B1" s="0" t="s"><v>1</v></c></row><row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2"><v>4.5</v></c></row><row r="3"><c r="A3" t="s"><v>3</v></c><c r="B3"><v>4.2</v></c></row>',
          '<drawing r:id="rId1"/>',
        ),
        parts: { 'xl/drawings/drawing1.xml': '<xdr:wsDr xmlns:xdr="x"/>' },
      }),
    reads: list,
  },
  {
    name: 'prefixed namespaces',
    file: () => {
      const data = prefixed(
        `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${inlineRows(
          [
            ['Producto', 'Precio'],
            ['Arroz', 4.5],
            ['Azúcar', 4.2],
          ],
        )}</sheetData></worksheet>`,
      )
      return rawBook({
        sheets: sheet(''),
        parts: { 'xl/worksheets/sheet1.xml': `<?xml version="1.0"?>${data}` },
      })
    },
    reads: list,
  },
  {
    name: 'single quotes, comments, CDATA, numeric entities',
    file: () =>
      rawBook({
        sheets: sheet(
          "<!-- hecho por un sistema --><row r='1'><c r='A1' t='inlineStr'><is><t><![CDATA[Producto]]></t></is></c><c r='B1' t='inlineStr'><is><t>Precio</t></is></c></row><row r='2'><c r='A2' t='inlineStr'><is><t>Caf&#233; &amp; t&#xE9; &lt;1 kg&gt;</t></is></c><c r='B2'><v>4.5</v></c></row>",
        ),
      }),
    reads: [['Café & té <1 kg>', 450]],
  },
  {
    name: 'rich text with reading aids, `_x000D_`, kept spaces',
    file: () =>
      rawBook({
        strings: [
          'Producto',
          'Precio',
          '<r><t>Arroz</t></r><r><rPr><b/></rPr><t xml:space="preserve"> Extra</t></r><rPh sb="0" eb="1"><t>nada</t></rPh>',
          'Azúcar_x000D_\nrubia',
        ],
        sheets: sheet(
          '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row><c t="s"><v>2</v></c><c><v>4.5</v></c></row><row><c t="s"><v>3</v></c><c><v>4.2</v></c></row>',
        ),
      }),
    reads: [
      ['Arroz Extra', 450],
      ['Azúcar rubia', 420],
    ],
  },
  {
    name: 'numbers with exponents and twenty digits',
    file: () =>
      rawBook({
        sheets: sheet(
          `<row r="1">${['Producto', 'Precio', 'Código de barras'].map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>${row(2, 'Inca Kola', '<c r="B2"><v>3.0000000000000004</v></c><c r="C2"><v>7.7501820001230003E12</v></c>')}${row(3, 'Caja', '<c r="B3"><v>1.5E1</v></c><c r="C3"><v>12345678901234567890</v></c>')}`,
        ),
      }),
    reads: [
      ['Inca Kola', 300, { barcode: '7750182000123' }],
      ['Caja', 1500, { barcode: '12345678901234567890' }],
    ],
  },
  {
    name: 'dates by style, by built-in format and by the calendar of the Mac',
    file: () =>
      rawBook({
        is1904: true,
        formats: ['dd/mm/yyyy', '[$-280A]d" de "mmmm'],
        sheets: sheet(
          `${inlineRows([['Producto', 'Precio']])}${row(2, 'Arroz', '<c r="B2" s="1"><v>44787</v></c>')}${row(3, 'Azúcar', '<c r="B3"><v>4.2</v></c>')}${row(4, 'Sal', '<c r="B4" s="2"><v>44787</v></c>')}`,
        ),
      }),
    reads: [['Azúcar', 420]],
    problems: ['B2: parece una fecha (15/08), no un precio.', 'B4: parece una fecha (15/08), no un precio.'],
  },
  {
    name: 'a date that is written as a date, a boolean and an error',
    file: () =>
      rawBook({
        sheets: sheet(
          `${inlineRows([['Producto', 'Precio', 'Activo']])}${row(2, 'Arroz', '<c r="B2" t="d"><v>2026-08-15T00:00:00</v></c><c r="C2" t="b"><v>1</v></c>')}${row(3, 'Azúcar', '<c r="B3"><v>4.2</v></c><c r="C3" t="b"><v>0</v></c>')}${row(4, 'Sal', '<c r="B4" t="e"><v>#REF!</v></c>')}`,
        ),
      }),
    reads: [['Azúcar', 420, { available: false }]],
    problems: [
      'B2: parece una fecha (15/08), no un precio.',
      'B4: la fórmula da un error (#REF!). Escribe el precio.',
    ],
  },
  {
    name: 'a hundred thousand empty painted rows below the list',
    file: () =>
      rawBook({
        formats: ['0.00'],
        sheets: sheet(
          inlineRows([
            ['Producto', 'Precio'],
            ['Arroz', 4.5],
            ['Azúcar', 4.2],
          ]) +
            Array.from(
              { length: 100_000 },
              (_, at) =>
                `<row r="${at + 4}" s="1" customFormat="1"><c r="A${at + 4}" s="1"/><c r="B${at + 4}" s="1"/></row>`,
            ).join(''),
        ),
      }),
    reads: list,
  },
  {
    name: 'macros, external links and a picture: nobody follows them',
    fileName: 'lista.xlsm',
    file: () =>
      rawBook({
        sheets: sheet(
          `${inlineRows([['Producto', 'Precio']])}${row(2, 'Arroz', '<c r="B2"><f>\'[1]Hoja1\'!A1</f><v>4.5</v></c>')}${row(3, 'Azúcar', '<c r="B3"><v>4.2</v></c>')}`,
        ),
        parts: {
          'xl/vbaProject.bin': Buffer.alloc(2000, 7),
          'xl/externalLinks/externalLink1.xml':
            '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
          'xl/externalLinks/_rels/externalLink1.xml.rels':
            '<Relationships><Relationship Id="rId1" TargetMode="External" Target="http://169.254.169.254/"/></Relationships>',
        },
      }),
    reads: list,
  },
  {
    name: 'parts in other places, under names in capitals',
    file: () =>
      rawBook({
        sheets: sheet(''),
        parts: {
          '_rels/.rels':
            '<Relationships><Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/XL/Libro.xml"/></Relationships>',
          'xl/libro.xml':
            '<workbook xmlns:q="r"><sheets><sheet name="Lista" sheetId="1" q:id="z"/></sheets></workbook>',
          'xl/_rels/libro.xml.rels':
            '<Relationships><Relationship Id="z" Type="x/worksheet" Target="../hojas/uno.xml"/></Relationships>',
          'Hojas/Uno.xml': `<worksheet><sheetData>${inlineRows([
            ['Producto', 'Precio'],
            ['Arroz', 4.5],
            ['Azúcar', 4.2],
          ])}</sheetData></worksheet>`,
        },
      }),
    reads: list,
  },
  {
    name: 'parts in UTF-16',
    file: () =>
      rawBook({
        sheets: sheet(''),
        parts: {
          'xl/worksheets/sheet1.xml': Buffer.from(
            `\ufeff<?xml version="1.0" encoding="UTF-16"?><worksheet><sheetData>${inlineRows([
              ['Producto', 'Precio'],
              ['Arroz', 4.5],
              ['Azúcar', 4.2],
            ])}</sheetData></worksheet>`,
            'utf16le',
          ),
        },
      }),
    reads: list,
  },
  {
    name: 'cells up to the last column of Excel',
    file: () =>
      rawBook({
        sheets: sheet(
          `${inlineRows([['Producto', 'Precio']])}${row(2, 'Arroz', '<c r="B2"><v>4.5</v></c><c r="XFD2"><v>1</v></c>')}${row(3, 'Azúcar', '<c r="B3"><v>4.2</v></c>')}`,
        ),
      }),
    reads: list,
  },
  {
    name: 'rows out of order, and a merge over the whole sheet',
    file: () =>
      rawBook({
        sheets: sheet(
          `${row(1, 'Producto', '<c r="B1" t="inlineStr"><is><t>Precio</t></is></c>')}${row(3, 'Azúcar', '<c r="B3"><v>4.2</v></c>')}${row(2, 'Arroz', '<c r="B2"><v>4.5</v></c>')}`,
          '<mergeCells><mergeCell ref="C1:XFD1048576"/></mergeCells>',
        ),
      }),
    reads: list,
  },
]
