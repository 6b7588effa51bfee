import { rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'

/** Where the zips lie; only whoever runs the server may look into it. */
export const exportsFolder = (dataFolder: string) => join(dataFolder, 'exports')

/** How much of the disk is free, 0 to 1. */
export async function freeShare(folder: string): Promise<number> {
  const { bavail, blocks } = await statfs(folder)
  return blocks === 0 ? 1 : bavail / blocks
}

/** With what lies beside each while it is being made. Safe to repeat. */
export async function removeZips(dataFolder: string, fileNames: readonly string[]): Promise<void> {
  for (const name of fileNames) {
    const file = join(exportsFolder(dataFolder), name)
    for (const path of [file, `${file}.part`, `${file}.work`])
      await rm(path, { recursive: true, force: true })
  }
}
