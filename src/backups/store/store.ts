import type { Readable } from 'node:stream'

/** One object of the store. */
export type Stored = {
  key: string
  bytes: number
  storedAt: Date
  /** What the store calls this content: another one whenever the object is written again. */
  etag: string
}
export type StoredWithTag = Stored & {
  tag: string | null
  /** Of an object in one piece, where the store's checksum is one. */
  md5: string | null
}

export type PutOptions = {
  /** What it was made of, in a form that says nothing to the store: compared to know whether it is there already. */
  tag?: string
  /** SHA-256 of exactly these bytes, when the caller knows it already. */
  sha256?: string
  signal?: AbortSignal
}

/**
 * A store of objects elsewhere. Every function throws a StoreFault when the store does not do what it should;
 * each request has been repeated by then where repeating could help.
 */
export type Store = {
  /** Complete and with the right checksum there, or not there at all. */
  put(
    key: string,
    body: Readable,
    options?: PutOptions,
  ): Promise<{ bytes: number; sha256: string; etag: string }>
  /** A connection that is cut on the way is taken up again where it was. */
  get(key: string): Readable
  /** All of them, in the order of their names. */
  list(prefix: string): Promise<Stored[]>
  head(key: string): Promise<StoredWithTag | null>
  /** Inside the store: nothing is sent. Its tag goes with it. */
  copy(from: string, to: string): Promise<void>
  remove(key: string): Promise<void>
  /** Takes away the parts of uploads that began before and never ended: they are in no list, and cost money. */
  discardUnfinished(before: Date): Promise<number>
  /** What the store's own clock says. */
  now(): Promise<Date>
  /** Whether deleting only hides: the store keeps older versions of an object. */
  keepsVersions(): Promise<boolean | null>
  close(): void
}

export type StoreProblem =
  | 'refused'
  | 'no-bucket'
  | 'clock'
  | 'missing'
  | 'unreachable'
  | 'slow'
  | 'failing'
  | 'damaged'

/** A class, because streams and retries carry it through code that only knows errors. */
export class StoreFault extends Error {
  readonly problem: StoreProblem
  constructor(problem: StoreProblem, detail: string, cause?: unknown) {
    super(detail, { cause })
    this.problem = problem
  }
}

/** With these nothing else would go better: whoever has more to send stops. */
export const isHopeless = (problem: StoreProblem) =>
  problem === 'refused' || problem === 'no-bucket' || problem === 'clock'

type Told = {
  name?: unknown
  message?: unknown
  code?: unknown
  $metadata?: { httpStatusCode?: number | undefined }
}

/** What is behind an error of the S3 client or of the network below it. */
export function faultOf(error: unknown): StoreFault {
  if (error instanceof StoreFault) return error
  const told = (error ?? {}) as Told
  const status = told.$metadata?.httpStatusCode
  // The message of an S3 error may repeat the request; its name and status are enough.
  const detail = [told.name, told.code, status].filter((part) => part !== undefined).join(' ')
  return new StoreFault(problemOf(String(told.name), told.code, status), detail || String(error), error)
}

function problemOf(name: string, code: unknown, status: number | undefined): StoreProblem {
  if (name === 'RequestTimeTooSkewed') return 'clock'
  if (name === 'NoSuchBucket') return 'no-bucket'
  if (name === 'BadDigest' || name === 'InvalidDigest') return 'damaged'
  if (status === 403 || status === 401) return 'refused'
  if (status === 404) return 'missing'
  if (name === 'TimeoutError' || code === 'ETIMEDOUT') return 'slow'
  if (status !== undefined && status >= 400) return 'failing'
  return 'unreachable'
}
