import { zip } from '../support/sheets.ts'

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006/relationships'

export const escaped = (text: string) =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

type RawBook = {
  /** The inside of `<sheetData>`, or of `<worksheet>` when it begins with a tag of its own. */
  sheets: { name: string; data: string; after?: string; state?: 'hidden' | 'veryHidden' }[]
  strings?: string[]
  /** `[number, code]`; cell styles 1, 2 … follow this order. */
  formats?: string[]
  is1904?: boolean
  /** Other parts, or other versions of these. */
  parts?: Record<string, string | Buffer>
}

/** A workbook written part by part, as programs do that are not the library of these tests. */
export function rawBook({
  sheets,
  strings,
  formats = [],
  is1904,
  parts = {},
}: RawBook): Uint8Array<ArrayBuffer> {
  const files: Record<string, string | Buffer> = {
    '_rels/.rels': `<Relationships xmlns="${packages}"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<workbook xmlns="${main}" xmlns:r="${relations}">${is1904 ? '<workbookPr date1904="1"/>' : ''}<sheets>${sheets.map(({ name, state }, at) => `<sheet name="${escaped(name)}" sheetId="${at + 1}"${state ? ` state="${state}"` : ''} r:id="rId${at + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packages}">${sheets.map((_, at) => `<Relationship Id="rId${at + 1}" Type="${relations}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`).join('')}<Relationship Id="rIdS" Type="${relations}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rIdT" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${main}"><numFmts>${formats.map((code, at) => `<numFmt numFmtId="${164 + at}" formatCode="${escaped(code).replace(/"/g, '&quot;')}"/>`).join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${formats.map((_, at) => `<xf numFmtId="${164 + at}" applyNumberFormat="1"/>`).join('')}</cellXfs></styleSheet>`,
  }
  if (strings) {
    files['xl/sharedStrings.xml'] =
      `<sst xmlns="${main}">${strings.map((text) => (text.startsWith('<') ? `<si>${text}</si>` : `<si><t xml:space="preserve">${escaped(text)}</t></si>`)).join('')}</sst>`
  }
  for (const [at, { data, after = '' }] of sheets.entries()) {
    files[`xl/worksheets/sheet${at + 1}.xml`] =
      `<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="${main}"><sheetData>${data}</sheetData>${after}</worksheet>`
  }
  return zip(
    Object.fromEntries(
      Object.entries({ ...files, ...parts }).map(([name, content]) => [name, Buffer.from(content as string)]),
    ),
  )
}

/** Rows of inline texts and numbers, without references: what small exporters write. */
export const inlineRows = (rows: (string | number | null)[][]) =>
  rows
    .map(
      (row) =>
        `<row>${row
          .map((value) =>
            value === null
              ? '<c/>'
              : typeof value === 'number'
                ? `<c><v>${value}</v></c>`
                : `<c t="inlineStr"><is><t>${escaped(value)}</t></is></c>`,
          )
          .join('')}</row>`,
    )
    .join('')

/** The same book under prefixed namespaces, as some libraries for .NET and Java write it. */
export function prefixed(xml: string): string {
  return xml.replace(/<(\/?)(?!\?)([a-zA-Z])/g, '<$1x:$2').replace(/xmlns="/g, 'xmlns:x="')
}
