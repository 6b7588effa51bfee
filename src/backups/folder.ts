import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, open, rename, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import {
  type CopyEntry,
  copiesOf,
  isNight,
  type Manifest,
  manifestName,
  manifestText,
  parseManifest,
} from './manifest.ts'

/** Where the nights lie. */
export const backupsFolder = (dataFolder: string) => join(dataFolder, 'backups')

export const nightFolder = (folder: string, night: string) => join(folder, night)

export const copyPath = (folder: string, night: string, file: string) => join(folder, night, file)

/** The nights that have a folder, newest first, finished or not. */
export function nightsIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter(isNight).toSorted().toReversed()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** null: the night never finished, or what lies there is no manifest. */
export function readManifest(folder: string, night: string): Manifest | null {
  try {
    const answer = parseManifest(readFileSync(join(folder, night, manifestName), 'utf8'))
    return answer.ok && answer.manifest.night === night ? answer.manifest : null
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null
    throw error
  }
}

/** Finished nights, newest first. */
export function manifestsIn(folder: string): Manifest[] {
  return nightsIn(folder).flatMap((night) => readManifest(folder, night) ?? [])
}

/** The newest copy of each business in these manifests, with the night that lists it. */
export function newestCopies(
  manifests: readonly Manifest[],
): Map<number, { night: string; entry: CopyEntry }> {
  const found = new Map<number, { night: string; entry: CopyEntry }>()
  for (const manifest of manifests) {
    for (const entry of copiesOf(manifest)) {
      if (!found.has(entry.tenantId)) found.set(entry.tenantId, { night: manifest.night, entry })
    }
  }
  return found
}

/** The commit mark of a night: whole on the disk before it has its name. */
export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const target = join(folder, manifest.night, manifestName)
  const draft = join(folder, manifest.night, `.${manifestName}.${randomBytes(4).toString('hex')}.part`)
  try {
    const file = await open(draft, 'w', 0o600)
    try {
      await file.writeFile(manifestText(manifest))
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, target)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
  await syncFolder(join(folder, manifest.night))
}

/** A new name is on the disk only when its folder is. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** Made for us alone: a copy holds everything that a business has. */
export async function makeFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 })
}

export type Space = { freeBytes: number; totalBytes: number }

/** What an ordinary user may still write there. */
export async function spaceOf(path: string): Promise<Space> {
  const { bavail, blocks, bsize } = await statfs(path)
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize }
}
