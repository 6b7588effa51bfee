import { readdirSync, rmSync, statSync } from 'node:fs'
import { link, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { nightsIn, syncFolder } from '#src/backups/folder.ts'
import { type CopyEntry, copyFileName } from '#src/backups/manifest.ts'

/** A copy that is whole on the disk but has no name yet. `part` is null where tonight's file stays as it is. */
export type Staged = { entry: CopyEntry; part: string | null }

/** Carries the attempt's own mark: two attempts never write one file, and none of these looks like a copy. */
export const partPath = (folder: string, night: string, tenantId: number, attempt: string) =>
  join(folder, night, `.${copyFileName(tenantId)}.${attempt}.part`)

/** What attempts left that were killed. Only for whoever holds the lease: nobody else is at work then. */
export function sweepParts(folder: string): void {
  for (const night of nightsIn(folder)) {
    for (const name of readdirSync(join(folder, night))) {
      if (name.startsWith('.backup-') && name.endsWith('.part'))
        rmSync(join(folder, night, name), { force: true })
    }
  }
}

export function bytesOf(path: string): number | null {
  const found = statSync(path, { throwIfNoEntry: false })
  return found?.isFile() ? found.size : null
}

/** The same file under tonight's name as well: a link costs nothing. False where that cannot be. */
export async function carry(from: string, part: string): Promise<boolean> {
  await rm(part, { force: true })
  return link(from, part).then(
    () => true,
    () => false,
  )
}

/** Gives everything its name at once, at the very end. */
export async function publish(folder: string, night: string, staged: readonly Staged[]): Promise<void> {
  for (const { part, entry } of staged) {
    if (part !== null) await rename(part, join(folder, night, entry.file))
  }
  await syncFolder(join(folder, night))
}

export async function discard({ part }: Staged): Promise<void> {
  if (part !== null) await rm(part, { force: true })
}

/** Everything of an attempt that came to nothing. */
export function discardAttempt(folder: string, night: string, attempt: string): void {
  for (const name of readdirSync(join(folder, night))) {
    if (name.endsWith(`.${attempt}.part`)) rmSync(join(folder, night, name), { force: true })
  }
}
