import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'

// Codes of six digits every 30 seconds (RFC 6238), the one before and the one after taken too: telephones
// go a little wrong. Which step was used last stands with the operator: none is taken twice.

const period = 30
const window = 1

/** A new secret, in base32 as telephones take it: 160 bits. */
export const newTotpSecret = () => new Secret({ size: 20 }).base32

/** What a telephone reads from the QR. */
export const totpUri = (secret: string, email: string) => totpOf(secret, email).toString()

/** The step that this code belongs to, or null where it is not of now. */
export function stepOfCode(secret: string, code: string, now: Date): number | null {
  const token = code.replace(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return null
  const delta = totpOf(secret).validate({ token, timestamp: now.getTime(), window })
  return delta === null ? null : Math.floor(now.getTime() / 1000 / period) + delta
}

/** The code that a telephone shows at this instant. */
export const codeAt = (secret: string, at: Date) => totpOf(secret).generate({ timestamp: at.getTime() })

const totpOf = (secret: string, label = 'SmartKet') =>
  new TOTP({
    issuer: 'SmartKet',
    label,
    algorithm: 'SHA1',
    digits: 6,
    period,
    secret: Secret.fromBase32(secret),
  })

/** AES-256-GCM; bound to the e-mail, so that a secret copied to another operator's row opens nothing. */
export function sealSecret(masterKey: Buffer, email: string, secret: string): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyFrom(masterKey), iv).setAAD(Buffer.from(email))
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
  return ['v1', iv, cipher.getAuthTag(), sealed]
    .map((part) => (typeof part === 'string' ? part : part.toString('base64url')))
    .join('.')
}

/** Throws where key, e-mail or text are not those of the sealing. */
export function openSecret(masterKey: Buffer, email: string, sealed: string): string {
  const [version, iv, tag, bytes] = sealed.split('.')
  if (version !== 'v1' || !iv || !tag || !bytes) throw new Error('not a sealed secret')
  const decipher = createDecipheriv('aes-256-gcm', keyFrom(masterKey), Buffer.from(iv, 'base64url'), {
    authTagLength: 16,
  })
  decipher.setAAD(Buffer.from(email)).setAuthTag(Buffer.from(tag, 'base64url'))
  return Buffer.concat([decipher.update(Buffer.from(bytes, 'base64url')), decipher.final()]).toString('utf8')
}

const keyFrom = (masterKey: Buffer) => Buffer.from(hkdfSync('sha256', masterKey, '', 'operator-totp/v1', 32))

/** Crockford's: no letter that is taken for another. */
const recoveryLetters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const recoveryCodes = 8

/** Eight codes of 80 random bits, shown once: `K7QM-2PXA-94TD-HC8W`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: recoveryCodes }, () => {
    const letters = [...randomBytes(16)].map((byte) => recoveryLetters[byte % 32]).join('')
    return letters.replace(/(.{4})(?=.)/g, '$1-')
  })
}

/** What the database keeps of a recovery code; null where it cannot be one. Typed as people type. */
export function recoveryCodeHash(typed: string): string | null {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
  return /^[0-9A-HJKMNP-TV-Z]{16}$/.test(code) ? createHash('sha256').update(code).digest('hex') : null
}
