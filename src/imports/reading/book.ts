import { type Parts, Refusal } from './container.ts'
import { parsePart } from './part.ts'
import { type Shown, shownBy } from './styles.ts'
import { attributeOf, unescaped } from './xml.ts'

/** What is needed to read the cells of a sheet. */
export type Book = { strings: string[]; styles: Shown[]; is1904: boolean }

/** The texts that cells point at; the reading aids of Japanese (`rPh`) are no part of them. */
export async function readStrings(parts: Parts, name: string): Promise<string[]> {
  const strings: string[] = []
  let current = ''
  let size = 0
  let isText = false
  let aids = 0
  await parsePart(parts, name, {
    open(element) {
      if (element === 'si') current = ''
      else if (element === 't') isText = aids === 0
      else if (element === 'rPh') aids++
    },
    text(text) {
      if (isText) current += text
    },
    close(element) {
      if (element === 't') isText = false
      else if (element === 'rPh') aids--
      else if (element === 'si') {
        size += current.length + 16
        if (size > mostText) throw new Refusal('too-big-inside')
        strings.push(unescaped(current))
      }
    },
  })
  return strings
}

/** Letters in all texts of a file: far above any list, far below what a worker may hold. */
const mostText = 60_000_000

/** How each style of cell shows its numbers. */
export async function readStyles(parts: Parts, name: string): Promise<Shown[]> {
  const custom = new Map<number, string>()
  const formats: number[] = []
  let isCells = false
  await parsePart(parts, name, {
    open(element, attributes) {
      if (element === 'numFmt') {
        custom.set(Number(attributeOf(attributes, 'numFmtId')), attributeOf(attributes, 'formatCode') ?? '')
      } else if (element === 'cellXfs') isCells = true
      else if (element === 'xf' && isCells) formats.push(Number(attributeOf(attributes, 'numFmtId') ?? 0))
    },
    close(element) {
      if (element === 'cellXfs') isCells = false
    },
  })
  return formats.map((id) => shownBy(id, custom))
}
