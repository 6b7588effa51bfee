import { type Book, readStrings, readStyles } from './book.ts'
import { newBudget } from './budget.ts'
import { type Parts, Refusal } from './container.ts'
import { parsePart, readRelations, relationsOf } from './part.ts'
import { type CountedSheet, readSheet } from './sheet.ts'
import { attributeOf } from './xml.ts'

type SheetPart = { name: string; id: string; isHidden: boolean }

/** The sheets that a person sees when opening the workbook. Only their parts are unpacked, nothing is followed. */
export async function readWorkbook(parts: Parts): Promise<CountedSheet[]> {
  refuseOthers(parts)
  const path = await workbookPath(parts)
  if (path === null) throw new Refusal('not-excel')
  const { sheets, is1904 } = await sheetsOf(parts, path)
  const relations = await relationsOf(parts, path)
  const related = (type: string) => relations.find((relation) => relation.type === type)?.target
  const book: Book = {
    is1904,
    strings: await readStrings(parts, related('sharedStrings') ?? beside(path, 'sharedStrings.xml')),
    styles: await readStyles(parts, related('styles') ?? beside(path, 'styles.xml')),
  }
  const found: (CountedSheet & { isHidden: boolean })[] = []
  const budget = newBudget()
  for (const { name, id, isHidden } of sheets.slice(0, mostSheets)) {
    const relation = relations.find((candidate) => candidate.id === id)
    if (relation?.type !== 'worksheet' || relation.isExternal) continue
    found.push({ ...(await readSheet(parts, relation.target, name, book, budget)), isHidden })
  }
  if (found.length === 0 && sheets.length === 0) throw new Refusal('not-excel')
  const seen = found.filter(({ isHidden, rows }) => !isHidden && rows.length > 0)
  return (seen.length > 0 ? seen : found).map(({ isHidden: _, ...sheet }) => sheet)
}

/** Every sheet is looked at for the list: far more than anyone keeps in one workbook. */
const mostSheets = 30

/** Other things that come in a zip, each with its own way to a workbook. */
function refuseOthers(parts: Parts): void {
  if (parts.has('xl/workbook.bin')) throw new Refusal('old-excel')
  if (parts.has('content.xml') && parts.has('mimetype')) throw new Refusal('open-document')
  if (parts.has('Index/Document.iwa') || parts.has('index.apxl')) throw new Refusal('numbers')
}

async function workbookPath(parts: Parts): Promise<string | null> {
  const relations = await readRelations(parts, '_rels/.rels', '')
  const declared = relations.find(({ type }) => type === 'officeDocument')?.target
  if (declared && parts.has(declared) && /\.xml$/i.test(declared)) {
    return /(^|\/)(word|ppt)\//i.test(declared) ? null : declared
  }
  return parts.names().find((name) => /(^|\/)workbook\d*\.xml$/i.test(name)) ?? null
}

const beside = (path: string, name: string) => path.replace(/[^/]*$/, name)

async function sheetsOf(parts: Parts, path: string): Promise<{ sheets: SheetPart[]; is1904: boolean }> {
  const sheets: SheetPart[] = []
  let is1904 = false
  await parsePart(parts, path, {
    open(element, attributes) {
      if (element === 'workbookPr') is1904 = /^(?:1|true)$/.test(attributeOf(attributes, 'date1904') ?? '')
      if (element !== 'sheet') return
      sheets.push({
        name: attributeOf(attributes, 'name') ?? `Hoja${sheets.length + 1}`,
        id: attributeOf(attributes, 'id') ?? '',
        isHidden: /hidden/i.test(attributeOf(attributes, 'state') ?? ''),
      })
    },
  })
  return { sheets, is1904 }
}
