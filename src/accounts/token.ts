import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits for a link, and the SHA-256 that the database keeps instead of them. */
export function newToken(): { token: string; tokenHash: string } {
  const token = randomBytes(32).toString('base64url')
  return { token, tokenHash: tokenHashOf(token) }
}

export const tokenHashOf = (token: string) => createHash('sha256').update(token).digest('hex')
