import { Readable } from 'node:stream'
import type { ReadableStream as WebStream } from 'node:stream/web'
import { Decrypter, Encrypter } from 'age-encryption'

/**
 * Whatever leaves this machine is sealed here first, in the age format, to public keys only: `age -d -i KEY FILE`
 * opens it without SmartKet. A file that was cut, or in which one bit was changed, does not open to its end.
 */
export async function sealed(plain: Readable, recipients: readonly string[]): Promise<Readable> {
  if (recipients.length === 0) throw new Error('nothing is sealed to nobody')
  const encrypter = new Encrypter()
  for (const recipient of recipients) encrypter.addRecipient(recipient)
  return asNode(await encrypter.encrypt(asWeb(plain)))
}

/** What was sealed, as it was. Errors when no key of `identities` fits, at once; when it is damaged, on the way. */
export async function opened(sealed: Readable, identities: string | readonly string[]): Promise<Readable> {
  const decrypter = new Decrypter()
  for (const identity of [identities].flat()) decrypter.addIdentity(identity)
  return asNode(await decrypter.decrypt(asWeb(sealed)))
}

/** For what fits in memory: a key, a manifest. */
export async function sealedText(text: string, recipients: readonly string[]): Promise<Buffer> {
  return collected(await sealed(Readable.from([Buffer.from(text)]), recipients))
}

export async function openedText(sealed: Readable, identities: string | readonly string[]): Promise<string> {
  return (await collected(await opened(sealed, identities))).toString('utf8')
}

export async function collected(stream: Readable): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of stream) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces)
}

// The library speaks the web's streams. Both conversions hold back whoever is faster, and pass errors on.
const asWeb = (stream: Readable) => Readable.toWeb(stream) as unknown as ReadableStream<Uint8Array>
const asNode = (stream: ReadableStream<Uint8Array>) => Readable.fromWeb(stream as unknown as WebStream)
