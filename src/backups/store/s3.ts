import { createHash } from 'node:crypto'
import { pipeline, Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { S3Client } from '@aws-sdk/client-s3'
import type { StoreConfig } from '#src/config.ts'
import { checksums, partBytes } from './checksum.ts'
import { createClient, etagOf, type StoreTimes } from './client.ts'
import { faultOf, type PutOptions, type Store, type StoredWithTag, StoreFault } from './store.ts'

/** The store of the configuration. Nothing is asked of it yet. The client's code is loaded only now: it is large. */
export async function openStore(config: StoreConfig, times: Partial<StoreTimes> = {}): Promise<Store> {
  const [s3, { Upload }] = await Promise.all([import('@aws-sdk/client-s3'), import('@aws-sdk/lib-storage')])
  const client = createClient(s3.S3Client, config, times)
  const { bucket } = config
  const at = (key: string) => ({ Bucket: bucket, Key: key })

  const head = async (key: string): Promise<StoredWithTag | null> => {
    try {
      const answer = await client.send(new s3.HeadObjectCommand(at(key)))
      const { ContentLength, LastModified, Metadata, ETag } = answer
      const md5 = etagOf(answer)
      return {
        key,
        bytes: ContentLength ?? 0,
        storedAt: LastModified ?? new Date(0),
        etag: unquoted(ETag),
        tag: Metadata?.[tagName] ?? null,
        md5: md5?.includes('-') ? null : md5,
      }
    } catch (error) {
      const fault = faultOf(error)
      if (fault.problem === 'missing') return null
      throw fault
    }
  }

  const get = (key: string) =>
    Readable.from(pieces(client, s3.GetObjectCommand, at(key)), { objectMode: false })

  const put = async (key: string, body: Readable, { tag, sha256, signal }: PutOptions = {}) => {
    signal?.throwIfAborted()
    const { pass, result } = checksums()
    // An error of the source ends the upload, and an upload that ends closes the source.
    pipeline(body, pass, () => {})
    const upload = new Upload({
      client,
      params: {
        ...at(key),
        Body: pass,
        ContentType: 'application/octet-stream',
        ...(tag ? { Metadata: { [tagName]: tag } } : {}),
      },
      partSize: partBytes,
      queueSize: 2,
    })
    const stop = () => void upload.abort()
    signal?.addEventListener('abort', stop, { once: true })
    try {
      const answer = await upload.done()
      const sent = result()
      if (sha256 !== undefined && sent.sha256 !== sha256)
        throw new StoreFault('damaged', `${key} was not what it should be`)
      const { etag } = await compare(key, sent, etagOf(answer))
      return { bytes: sent.bytes, sha256: sent.sha256, etag }
    } catch (error) {
      // What broke was on our side: the source, or whoever said stop.
      if (signal?.aborted) throw signal.reason
      if (body.errored && !(body.errored instanceof StoreFault)) throw body.errored
      throw faultOf(error)
    } finally {
      signal?.removeEventListener('abort', stop)
      pass.destroy()
      body.destroy()
    }
  }

  /** Against what the store says; against what it gives back where its checksum is of another kind. */
  const compare = async (
    key: string,
    sent: ReturnType<ReturnType<typeof checksums>['result']>,
    etag: string | null,
  ) => {
    if (etag !== null) {
      if (etag !== sent.etag) throw new StoreFault('damaged', `${key} has checksum ${etag}, not ${sent.etag}`)
    } else if ((await sha256Of(get(key))) !== sent.sha256)
      throw new StoreFault('damaged', `${key} was read back different from what was sent`)
    const there = await head(key)
    if (there?.bytes !== sent.bytes)
      throw new StoreFault('damaged', `${key} has ${there?.bytes ?? 'no'} bytes, not ${sent.bytes}`)
    return there
  }

  const asked = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw faultOf(error)
    }
  }

  return {
    put,
    get,
    head,
    list: (prefix) =>
      asked(async () => {
        const pages = s3.paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix })
        const all = []
        for await (const { Contents = [] } of pages)
          for (const { Key, Size, LastModified, ETag } of Contents)
            all.push({
              key: Key ?? '',
              bytes: Size ?? 0,
              storedAt: LastModified ?? new Date(0),
              etag: unquoted(ETag),
            })
        return all
      }),
    copy: (from, to) =>
      asked(async () => {
        const source = `${bucket}/${from.split('/').map(encodeURIComponent).join('/')}`
        await client.send(new s3.CopyObjectCommand({ ...at(to), CopySource: source }))
      }),
    remove: (key) => asked(async () => void (await client.send(new s3.DeleteObjectCommand(at(key))))),
    discardUnfinished: (before) =>
      asked(async () => {
        const { Uploads = [] } = await client.send(new s3.ListMultipartUploadsCommand({ Bucket: bucket }))
        const old = Uploads.filter(({ Initiated }) => Initiated && Initiated < before)
        for (const { Key, UploadId } of old) {
          await client.send(new s3.AbortMultipartUploadCommand({ Bucket: bucket, Key, UploadId }))
        }
        return old.length
      }),
    now: () =>
      asked(async () => {
        let date: Date | null = null
        const command = new s3.HeadBucketCommand({ Bucket: bucket })
        command.middlewareStack.add(
          (next) => async (args) => {
            const answer = await next(args)
            const { headers } = answer.response as { headers?: Record<string, string> }
            if (headers?.date) date = new Date(headers.date)
            return answer
          },
          { step: 'deserialize', priority: 'low' },
        )
        await client.send(command)
        if (!date) throw new StoreFault('failing', 'the store does not tell the time')
        return date
      }),
    keepsVersions: () =>
      client.send(new s3.GetBucketVersioningCommand({ Bucket: bucket })).then(
        ({ Status }) => Status === 'Enabled',
        () => null, // its key may not ask
      ),
    close: () => client.destroy(),
  }
}

const tagName = 'smartket'
const unquoted = (etag: string | undefined) => (etag ?? '').replaceAll('"', '')
const mostCuts = 4

type Get = typeof import('@aws-sdk/client-s3').GetObjectCommand

async function* pieces(client: S3Client, Get: Get, at: { Bucket: string; Key: string }) {
  let from = 0
  let etag: string | undefined
  let total: number | undefined
  for (let cuts = 0; ; ) {
    try {
      const range = from > 0 ? { Range: `bytes=${from}-`, ...(etag ? { IfMatch: etag } : {}) } : {}
      const answer = await client.send(new Get({ ...at, ...range }))
      etag ??= answer.ETag
      total ??= answer.ContentLength
      for await (const piece of answer.Body as Readable) {
        from += (piece as Buffer).length
        cuts = 0
        yield piece as Buffer
      }
      if (total === undefined || from === total) return
      throw new StoreFault('unreachable', `${at.Key} ended after ${from} of ${total} bytes`)
    } catch (error) {
      const fault = faultOf(error)
      const mayGoOn = fault.problem === 'unreachable' || fault.problem === 'slow'
      if (!mayGoOn || from === 0 || ++cuts > mostCuts) throw fault
      await sleep(100 * 2 ** cuts)
    }
  }
}

async function sha256Of(stream: Readable): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of stream) hash.update(piece as Buffer)
  return hash.digest('hex')
}
