export type XmlHandler = {
  /** `name` without its prefix; `attributes` as written, for `attributeOf`. */
  open(name: string, attributes: string): void
  text(text: string): void
  close(name: string): void
}

/**
 * Reads XML piece by piece, never the whole of it. Namespaces count by their local names, because every program
 * chooses its own prefixes; nothing is ever fetched or declared.
 */
export function xmlReader(handler: XmlHandler) {
  let rest = ''
  return {
    write(chunk: string) {
      rest = rest === '' ? chunk : rest + chunk
      rest = rest.slice(consume(rest, handler, false))
    },
    end() {
      consume(rest, handler, true)
      rest = ''
    },
  }
}

/** No tag, comment or CDATA of a spreadsheet is longer: beyond it the part is not what it says. */
const longestPiece = 4_000_000

/** Returns how far it came; the rest waits for more. */
function consume(xml: string, handler: XmlHandler, isEnd: boolean): number {
  let at = 0
  for (;;) {
    const tag = xml.indexOf('<', at)
    if (tag < 0) {
      // An entity may be cut in two.
      const cut = isEnd ? xml.length : cutBeforeEntity(xml, at)
      if (cut > at) handler.text(decodeEntities(xml.slice(at, cut)))
      return cut
    }
    if (tag > at) handler.text(decodeEntities(xml.slice(at, tag)))
    const next = xml.charCodeAt(tag + 1)
    const end = next === bang || next === question ? special(xml, tag, handler) : element(xml, tag, handler)
    if (end < 0) {
      if (xml.length - tag > longestPiece) throw new Error('a tag without an end')
      return tag
    }
    at = end
  }
}

const bang = 33
const question = 63
const slash = 47

function cutBeforeEntity(xml: string, from: number): number {
  const ampersand = xml.lastIndexOf('&')
  return ampersand >= from && xml.length - ampersand < 12 && !xml.includes(';', ampersand)
    ? ampersand
    : xml.length
}

/** Comments, instructions, CDATA; the position after it, or -1 when it is not all there yet. */
function special(xml: string, tag: number, handler: XmlHandler): number {
  const after = (end: string, from: number) => {
    const found = xml.indexOf(end, from)
    return found < 0 ? -1 : found + end.length
  }
  if (xml.charCodeAt(tag + 1) === question) return after('?>', tag)
  if (xml.startsWith('<!--', tag)) return after('-->', tag + 4)
  if (xml.startsWith('<![CDATA[', tag)) {
    const end = after(']]>', tag)
    if (end > 0) handler.text(xml.slice(tag + 9, end - 3))
    return end
  }
  if (xml.length - tag < 9) return -1
  throw new Error('a document type: no spreadsheet needs one, attacks do')
}

function element(xml: string, tag: number, handler: XmlHandler): number {
  const end = tagEnd(xml, tag)
  if (end < 0) return -1
  if (xml.charCodeAt(tag + 1) === slash) {
    handler.close(localName(xml.slice(tag + 2, end).trim()))
    return end + 1
  }
  const isClosed = xml.charCodeAt(end - 1) === slash
  const inside = xml.slice(tag + 1, isClosed ? end - 1 : end)
  const space = inside.search(/\s/)
  const name = localName(space < 0 ? inside : inside.slice(0, space))
  handler.open(name, space < 0 ? '' : inside.slice(space))
  if (isClosed) handler.close(name)
  return end + 1
}

/** The `>` that ends the tag: one inside a quoted value does not. */
function tagEnd(xml: string, tag: number): number {
  let end = xml.indexOf('>', tag)
  let quote = 0
  let at = tag
  while (end >= 0) {
    for (; at < end; at++) {
      const code = xml.charCodeAt(at)
      if (quote === 0 ? code === 34 || code === 39 : code === quote) quote = quote === 0 ? code : 0
    }
    if (quote === 0) return end
    end = xml.indexOf('>', end + 1)
  }
  return -1
}

const localName = (name: string) => {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

const patterns = new Map<string, RegExp>()

/** The value of an attribute by its local name; undefined when it is not there. */
export function attributeOf(attributes: string, name: string): string | undefined {
  if (attributes === '') return undefined
  let pattern = patterns.get(name)
  if (!pattern) {
    pattern = new RegExp(`\\s(?:[\\w.-]+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`)
    patterns.set(name, pattern)
  }
  const match = pattern.exec(attributes)
  const value = match?.[1] ?? match?.[2]
  return value === undefined ? undefined : decodeEntities(value)
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{1,10}));/gi, (whole, decimal, hex, name) => {
    if (name) return named[name] ?? whole
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })
}

/** `_x000D_` is how these files write what XML cannot; half a letter, which nothing can keep, becomes `�`. */
export const unescaped = (text: string) =>
  (text.includes('_x')
    ? text.replace(/_x([\dA-Fa-f]{4})_/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text
  ).toWellFormed()
