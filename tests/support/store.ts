import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateIdentity, identityToRecipient } from 'age-encryption'
import type { StoreConfig } from '#src/config.ts'

export type TestStore = {
  port: number
  /**
   * A bucket that nobody has used, and how SmartKet is told of it. `url`: through a stub in front of the store.
   * `isLocked`: it keeps every version for a day, as the one in production should.
   */
  bucket(options?: { url?: string; recipients?: string[]; isLocked?: boolean }): Promise<StoreConfig>
  stop(): Promise<void>
}

/**
 * A real S3 server in processes of its own (radosgw; ready in some ten seconds, and installed where it is
 * missing). Where it does not start, the tests that need it fail and say why.
 */
export async function startStore(): Promise<TestStore> {
  const folder = mkdtempSync(join(tmpdir(), 'sk3-'))
  const [port, monitorPort] = [await freePort(), await freePort()]
  const script = join(import.meta.dirname, '../../scripts/s3-server.sh')
  // Its input is a pipe of ours: when this process ends, however it does, the server ends as well.
  const server = spawn(script, [folder, String(port), String(monitorPort)], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let said = ''
  server.stderr.on('data', (piece) => {
    said = `${said}${piece}`.slice(-3_000)
  })
  const ended = new Promise<void>((resolve) => server.once('close', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    server.stdout.on('data', (piece) => String(piece).includes('ready') && resolve())
    void ended.then(() => reject(new Error(`the S3 server for tests did not start:\n${said}`)))
  })
  const url = `http://127.0.0.1:${port}`
  let buckets = 0
  return {
    port,
    async bucket(options = {}) {
      const s3 = await import('@aws-sdk/client-s3')
      const bucket = `copias-${process.pid}-${++buckets}`
      const client = new s3.S3Client({
        endpoint: url,
        region: 'us-east-1',
        forcePathStyle: true,
        credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'SECRETTEST' },
      })
      await client.send(
        new s3.CreateBucketCommand({ Bucket: bucket, ObjectLockEnabledForBucket: options.isLocked ?? false }),
      )
      // The first object makes the server's own pools, which takes a second that no other object takes.
      await client.send(new s3.PutObjectCommand({ Bucket: bucket, Key: 'first', Body: 'x' }))
      if (options.isLocked) {
        const Rule = { DefaultRetention: { Mode: 'GOVERNANCE' as const, Days: 1 } }
        const ObjectLockConfiguration = { ObjectLockEnabled: 'Enabled' as const, Rule }
        await client.send(
          new s3.PutObjectLockConfigurationCommand({ Bucket: bucket, ObjectLockConfiguration }),
        )
      }
      client.destroy()
      return {
        url: options.url ?? url,
        bucket,
        region: 'us-east-1',
        keyId: 'AKIATEST',
        secret: 'SECRETTEST',
        recipients: options.recipients ?? [],
        keep: { daily: 7, weekly: 5, monthly: 12 },
      }
    },
    async stop() {
      server.stdin.end()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type OperatorKey = { identity: string; recipient: string }

/** What an operator keeps on paper: `identity` is never on the server. */
export async function operatorKey(): Promise<OperatorKey> {
  const identity = await generateIdentity()
  return { identity, recipient: await identityToRecipient(identity) }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
