/** What a picture may be, by its first bytes: the name and the type that a browser sends prove nothing. */
export type PictureType = 'image/webp' | 'image/jpeg' | 'image/png'
export type PictureProblem = 'no-picture' | 'not-a-picture' | 'too-heavy'
export type Picture = { type: PictureType; bytes: Uint8Array }

/** Copies and moves of a business carry its pictures, so each stays small. */
export const maxPictureBytes = 200 * 1024

export function readPicture(
  bytes: Uint8Array,
): { ok: true; picture: Picture } | { ok: false; problem: PictureProblem } {
  if (bytes.length === 0) return { ok: false, problem: 'no-picture' }
  const type = typeOf(bytes)
  if (!type) return { ok: false, problem: 'not-a-picture' }
  if (bytes.length > maxPictureBytes) return { ok: false, problem: 'too-heavy' }
  return { ok: true, picture: { type, bytes } }
}

function typeOf(bytes: Uint8Array): PictureType | null {
  const text = (from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to))
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP' && /^VP8[ LX]$/.test(text(12, 16))) return 'image/webp'
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'image/jpeg'
  return text(0, 8) === '\u0089PNG\r\n\u001a\n' ? 'image/png' : null
}

/** The address of a picture: its own bytes name it, so it never shows anything else. */
export const fileId = /^[0-9a-f]{64}$/
