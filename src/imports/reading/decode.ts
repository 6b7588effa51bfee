/** The label of the encoding of a part or a text, by its mark or its declaration; UTF-8 when nothing speaks against it. */
export function encodingOf(start: Uint8Array): string {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be'
  if (start[0] === 0x3c && start[1] === 0) return 'utf-16le'
  if (start[0] === 0 && start[1] === 0x3c) return 'utf-16be'
  const declared = /^\s*<\?xml[^>]*encoding\s*=\s*["']([\w-]+)/.exec(
    Buffer.from(start.subarray(0, 200)).toString('latin1'),
  )
  return declared?.[1] ?? 'utf-8'
}

/** A stream of bytes as text; a letter cut in two by the pieces stays one. */
export async function* decoded(chunks: AsyncIterable<Buffer>): AsyncIterable<string> {
  let decoder: TextDecoder | undefined
  for await (const chunk of chunks) {
    decoder ??= decoderFor(encodingOf(chunk))
    yield decoder.decode(chunk, { stream: true })
  }
  if (decoder) yield decoder.decode()
}

function decoderFor(label: string): TextDecoder {
  try {
    return new TextDecoder(label)
  } catch {
    return new TextDecoder()
  }
}

/** A text file as people save it: UTF-8 or UTF-16 with or without their marks, else Windows-1252. Null: no text. */
export function decodeText(bytes: Buffer): string | null {
  const encoding = encodingOf(bytes)
  if (encoding.startsWith('utf-16')) return new TextDecoder(encoding).decode(bytes)
  const nuls = bytes.subarray(0, 4_000)
  const odd = nuls.filter((byte, at) => byte === 0 && at % 2 === 1).length
  const even = nuls.filter((byte, at) => byte === 0 && at % 2 === 0).length
  if (odd > nuls.length / 4 && even === 0) return new TextDecoder('utf-16le').decode(bytes)
  if (even > nuls.length / 4 && odd === 0) return new TextDecoder('utf-16be').decode(bytes)
  if (bytes.includes(0)) return null
  const text = utf8(bytes) ?? new TextDecoder('windows-1252').decode(bytes)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: their number tells a text from a picture
  const controls = text.slice(0, 10_000).match(/[\u0001-\u0008\u000e-\u001a\u001c-\u001f]/g)?.length ?? 0
  return controls > 5 ? null : text
}

function utf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
