import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { databaseKeyFile } from '#src/config.ts'

/** The three files of a rotation: the key in use, the one that comes, and the one that goes. */
const paths = (dataFolder: string) => {
  const inUse = join(dataFolder, databaseKeyFile)
  return { inUse, next: `${inUse}.next`, old: `${inUse}.old` }
}

/** A rotation that was broken off goes on with the key that it had made. */
export function nextKey(dataFolder: string): Buffer {
  const { next } = paths(dataFolder)
  if (!existsSync(next)) writeWhole(next, randomBytes(32))
  return read(next)
}

/** From the next start on processes use the new key; what is written first can be gone back to. */
export function useNextKey(dataFolder: string, old: Buffer): void {
  const { inUse, next, old: kept } = paths(dataFolder)
  writeWhole(kept, old)
  renameSync(next, inUse)
}

/** Null: no rotation waits for its end. */
export function oldKey(dataFolder: string): Buffer | null {
  const { old } = paths(dataFolder)
  return existsSync(old) ? read(old) : null
}

export function forgetOldKey(dataFolder: string): void {
  rmSync(paths(dataFolder).old, { force: true })
}

const read = (path: string) => Buffer.from(readFileSync(path, 'utf8').trim(), 'hex')

function writeWhole(path: string, key: Buffer): void {
  writeFileSync(`${path}.part`, `${key.toString('hex')}\n`, { mode: 0o600 })
  renameSync(`${path}.part`, path)
}
