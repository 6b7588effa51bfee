import { readFile } from 'node:fs/promises'
import { renderSVG } from 'uqr'
import type { PayByHand } from '#src/config.ts'
import { readPicture } from '#src/files/picture.ts'

type Picture = { type: string; bytes: Uint8Array }

export const hasQr = ({ qrFile, isInvented }: PayByHand) => qrFile !== null || isInvented

/**
 * The operator's Yape QR from his own file; null when there is none or it is no picture. Invented data have a QR
 * that says so, whatever reads it.
 */
export async function qrPicture(of: PayByHand): Promise<Picture | null> {
  if (of.isInvented) {
    const svg = renderSVG('SmartKet: datos de prueba. No envíes dinero.')
    return { type: 'image/svg+xml', bytes: new TextEncoder().encode(svg) }
  }
  const bytes = of.qrFile ? await readFile(of.qrFile).catch(() => null) : null
  const read = bytes && readPicture(bytes)
  return read?.ok ? read.picture : null
}
