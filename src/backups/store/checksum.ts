import { createHash } from 'node:crypto'
import { Transform } from 'node:stream'

/**
 * Bytes of a part: what does not fit in one goes in several. The least that stores take, because three copies at a
 * time have some in memory. At most 10,000 of them, so 50 GB.
 */
export const partBytes = 5 * 1024 * 1024

/**
 * Lets everything through, and knows afterwards what the store must say it has: the MD5 of an object that went in
 * one piece; for parts, the MD5 of their MD5s and how many there were.
 */
export function checksums() {
  const whole = createHash('sha256')
  const parts: Buffer[] = []
  let part = createHash('md5')
  let inPart = 0
  let bytes = 0
  const pass = new Transform({
    transform(piece: Buffer, _encoding, done) {
      whole.update(piece)
      bytes += piece.length
      for (let rest = piece; rest.length > 0; ) {
        if (inPart === partBytes) endPart()
        const fits = rest.subarray(0, partBytes - inPart)
        part.update(fits)
        inPart += fits.length
        rest = rest.subarray(fits.length)
      }
      done(null, piece)
    },
    flush(done) {
      endPart()
      done()
    },
  })
  const endPart = () => {
    parts.push(part.digest())
    part = createHash('md5')
    inPart = 0
  }
  return {
    pass,
    /** Once everything went through. */
    result: () => ({ bytes, sha256: whole.digest('hex'), etag: etagOf(parts) }),
  }
}

function etagOf(parts: readonly Buffer[]): string {
  if (parts.length === 1) return parts[0]?.toString('hex') ?? ''
  const all = createHash('md5').update(Buffer.concat(parts)).digest('hex')
  return `${all}-${parts.length}`
}
