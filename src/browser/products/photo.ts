const tilePixels = 640
const mostBytes = 200 * 1024

/**
 * A phone's photo of 5 MB as a tile needs it: at most 640 px, WebP, or JPEG where the browser writes no WebP.
 * null when it is no picture that this browser reads: the server then says so.
 */
export async function reduced(file: File, mostPixels = tilePixels): Promise<File | null> {
  const bitmap = await createImageBitmap(file).catch(() => null)
  if (!bitmap) return null
  for (const pixels of [mostPixels, mostPixels * 0.75, mostPixels / 2]) {
    for (const quality of [0.82, 0.7, 0.55]) {
      const blob = await draw(bitmap, pixels, quality)
      if (!blob || blob.size > mostBytes) continue
      // A small file that drawing would only make larger stays as it is.
      if (file.size <= blob.size && Math.max(bitmap.width, bitmap.height) <= mostPixels) return file
      return new File([blob], blob.type === 'image/webp' ? 'foto.webp' : 'foto.jpg', { type: blob.type })
    }
  }
  return null
}

async function draw(bitmap: ImageBitmap, pixels: number, quality: number): Promise<Blob | null> {
  const scale = Math.min(1, pixels / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * scale))
  canvas.height = Math.max(1, Math.round(bitmap.height * scale))
  const pen = canvas.getContext('2d')
  if (!pen) return null
  // JPEG has no transparency: what was clear becomes paper, not black.
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  const as = (type: string) => new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, quality))
  const webp = await as('image/webp')
  return webp?.type === 'image/webp' ? webp : as('image/jpeg')
}
