import { readdirSync } from 'node:fs'
import { appendFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { backupsFolder } from '#src/backups/folder.ts'
import { isNight } from '#src/backups/manifest.ts'

/** What the store had after it was compared with what was sent. */
export type Receipt = { tag: string; bytes: number; etag: string }

export type Receipts = {
  of(key: string): Receipt | undefined
  add(key: string, receipt: Receipt): Promise<void>
  /** Forgets the others; the file is written anew only when many of them are in it. */
  keepOnly(keys: ReadonlySet<string>): Promise<void>
}

/**
 * The receipts of one night, or of one server's logs. An object carries its tag from its first byte on, also one
 * that arrived damaged and was refused afterwards: what has no receipt is sent again. Losing them loses time only.
 */
export async function openReceipts(dataFolder: string, name: string): Promise<Receipts> {
  const folder = receiptsFolder(dataFolder)
  const path = join(folder, name)
  const receipts = await read(path)
  return {
    of: (key) => receipts.get(key),
    async add(key, receipt) {
      receipts.set(key, receipt)
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await appendFile(path, lineOf(key, receipt), { mode: 0o600 })
    },
    async keepOnly(keys) {
      const gone = [...receipts.keys()].filter((key) => !keys.has(key))
      if (gone.length < manyGone) return
      for (const key of gone) receipts.delete(key)
      const draft = `${path}.part`
      await writeFile(draft, [...receipts].map(([key, receipt]) => lineOf(key, receipt)).join(''), {
        mode: 0o600,
      })
      await rename(draft, path)
    },
  }
}
const manyGone = 300

/** A copy that is carried points back seven nights at most. */
const nightsKept = 14

export async function forgetOldReceipts(dataFolder: string): Promise<void> {
  const folder = receiptsFolder(dataFolder)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const nights = readdirSync(folder).filter(isNight).toSorted().toReversed()
  for (const night of nights.slice(nightsKept)) await rm(join(folder, night), { force: true })
}

const receiptsFolder = (dataFolder: string) => join(backupsFolder(dataFolder), '.sent')

async function read(path: string): Promise<Map<string, Receipt>> {
  const receipts = new Map<string, Receipt>()
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  for (const line of text.split('\n')) {
    const [key, tag, bytes, etag, end] = line.split('\t')
    // A line that was cut by a kill has no end.
    if (key && tag !== undefined && etag && end === '.')
      receipts.set(key, { tag, bytes: Number(bytes), etag })
  }
  return receipts
}

/** It begins with the line's end: one that was cut before it spoils no other. */
const lineOf = (key: string, { tag, bytes, etag }: Receipt) => `\n${[key, tag, bytes, etag, '.'].join('\t')}`
