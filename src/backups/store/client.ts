import { createHash } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3'
import type { StoreConfig } from '#src/config.ts'
import { StoreFault } from './store.ts'

export type StoreTimes = {
  connectMs: number
  /** Without a byte in either direction. */
  idleMs: number
  /** One request, a part included. */
  requestMs: number
  attempts: number
}

const usual: StoreTimes = { connectMs: 10_000, idleMs: 60_000, requestMs: 10 * 60_000, attempts: 5 }

/** For Amazon's S3, Backblaze's and any other. */
export function createClient(
  Client: typeof S3Client,
  { url, region, keyId, secret }: StoreConfig,
  times: Partial<StoreTimes>,
): S3Client {
  const { connectMs, idleMs, requestMs, attempts } = { ...usual, ...times }
  const client = new Client({
    endpoint: url,
    region,
    credentials: { accessKeyId: keyId, secretAccessKey: secret },
    // A store of one's own has no name for every bucket; Amazon wants one.
    forcePathStyle: !new URL(url).hostname.endsWith('.amazonaws.com'),
    // Backblaze refuses the client's own checksum headers.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: attempts,
    retryMode: 'standard',
    requestHandler: {
      connectionTimeout: connectMs,
      socketTimeout: idleMs,
      requestTimeout: requestMs,
      throwOnRequestTimeout: true,
    },
  } satisfies S3ClientConfig)
  // Every piece goes with its MD5: a bucket with object lock takes none without, every store refuses one that was
  // damaged on its way, and what the store says that it has is compared with it.
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (!isPiece.test(String(commandName))) return next(args)
        const request = args.request as { body?: Uint8Array; headers: Record<string, string> }
        const body = request.body ?? new Uint8Array()
        const [md5, sha256] = await Promise.all([md5Of(body), sha256Of(body)])
        request.headers['content-md5'] = md5.toString('base64')
        // What the signature signs. Without it the client hashes by itself, the whole part in one go.
        request.headers['x-amz-content-sha256'] = sha256.toString('hex')
        const answer = await next(args)
        const etag = etagOf(answer.output)
        if (etag !== null && etag !== md5.toString('hex'))
          throw new StoreFault('damaged', `the store has checksum ${etag}, not ${md5.toString('hex')}`)
        return answer
      },
    { step: 'build', name: 'contentMd5' },
  )
  return client
}

/**
 * The MD5 that the store says it has. null where its ETag is something else: with keys of Amazon's own (KMS) it
 * looks like an MD5 and is none.
 */
export function etagOf(output: object): string | null {
  const { ETag, ServerSideEncryption } = output as { ETag?: string; ServerSideEncryption?: string }
  const etag = (ETag ?? '').replaceAll('"', '')
  return /^[0-9a-f]{32}(-\d{1,5})?$/.test(etag) && !ServerSideEncryption?.startsWith('aws:kms') ? etag : null
}

/** By slices: whoever sells in this process meanwhile is not held up for a whole part. */
async function md5Of(body: Uint8Array): Promise<Buffer> {
  const hash = createHash('md5')
  for (let from = 0; from < body.length; from += sliceBytes) {
    hash.update(body.subarray(from, from + sliceBytes))
    await nextTurn()
  }
  return hash.digest()
}
const sliceBytes = 256 * 1024

/** In the thread pool. */
const sha256Of = async (body: Uint8Array) =>
  Buffer.from(await crypto.subtle.digest('SHA-256', body as Uint8Array<ArrayBuffer>))

const isPiece = /^(PutObject|UploadPart)Command$/
