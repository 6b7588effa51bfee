import { argon2, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { TooMany } from '#src/http/errors.tsx'

/** Whose PIN it is: the same four digits of two people, or in two businesses, give unrelated hashes. */
export type PinOwner = { tenantUid: string; staffId: number }

export type Hasher = {
  hash(password: string): Promise<string>
  /** `null` stands for an account that does not exist: the same work is done, and the answer is no. */
  verify(password: string, encoded: string | null): Promise<boolean>
  hashPin(owner: PinOwner, pin: string): Promise<string>
  verifyPin(owner: PinOwner, pin: string, encoded: string | null): Promise<boolean>
}

/**
 * OWASP's smallest argon2id setting, about 45 ms. The parameters stand in every hash, so raising them
 * leaves old hashes valid; `isOutdated` says which to make again.
 */
const current = { memory: 19_456, passes: 2, parallelism: 1 }
const tagLength = 32

/**
 * A hash takes the thread pool that also reads files and resolves names: 16 at once made a file read
 * wait 248 ms. So few run at once, a few wait, and the rest is told to come back.
 */
export function createHasher(options: { pepper: Buffer; atOnce?: number; queue?: number }): Hasher {
  const inTurn = turns(options.atOnce ?? 2, options.queue ?? 32)
  const make = (secret: string | Buffer) => inTurn(() => encode(secret))
  const check = (secret: string | Buffer, encoded: string | null) =>
    inTurn(async () => (await matches(secret, encoded ?? nobody)) && encoded !== null)
  const peppered = (owner: PinOwner, pin: string) =>
    createHmac('sha256', options.pepper)
      .update(JSON.stringify([owner.tenantUid, owner.staffId, pin]))
      .digest()

  return {
    hash: (password) => make(typed(password)),
    verify: (password, encoded) => check(typed(password), encoded),
    hashPin: (owner, pin) => make(peppered(owner, pin)),
    verifyPin: (owner, pin, encoded) => check(peppered(owner, pin), encoded),
  }
}

/** Was it made with weaker parameters than today's? */
export function isOutdated(encoded: string): boolean {
  const { memory, passes, parallelism } = decode(encoded)
  return memory < current.memory || passes < current.passes || parallelism < current.parallelism
}

/** One phone types «ñ» as one sign and another as two: the same password all the same. */
const typed = (password: string) => password.normalize('NFKC')

async function encode(secret: string | Buffer): Promise<string> {
  const nonce = randomBytes(16)
  const tag = await derive(secret, nonce, current)
  const { memory, passes, parallelism } = current
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(nonce)}$${base64(tag)}`
}

async function matches(secret: string | Buffer, encoded: string): Promise<boolean> {
  const { nonce, tag, ...parameters } = decode(encoded)
  const again = await derive(secret, nonce, parameters)
  return again.length === tag.length && timingSafeEqual(again, tag)
}

type Parameters = typeof current

function derive(message: string | Buffer, nonce: Buffer, parameters: Parameters): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    argon2('argon2id', { message, nonce, tagLength, ...parameters }, (error, tag) =>
      error ? reject(error) : resolve(tag),
    )
  })
}

const phc = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

function decode(encoded: string) {
  const [, memory, passes, parallelism, nonce, tag] = phc.exec(encoded) ?? []
  if (!nonce || !tag) throw new Error('not an argon2id hash')
  return {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    nonce: Buffer.from(nonce, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  }
}

const base64 = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '')

/** A hash that nothing matches, made with today's parameters. */
const nobody = `$argon2id$v=19$m=${current.memory},t=${current.passes},p=${current.parallelism}$${base64(randomBytes(16))}$${base64(randomBytes(tagLength))}`

/** Runs `atOnce` works at a time and keeps `queue` more waiting; who finds the queue full is sent away. */
function turns(atOnce: number, queue: number) {
  let running = 0
  const waiting: (() => void)[] = []

  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= atOnce && waiting.length >= queue) throw new TooMany(2)
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve))
    else running += 1
    try {
      return await work()
    } finally {
      // The place is handed over, never given up and taken again: nobody can slip in between.
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}
