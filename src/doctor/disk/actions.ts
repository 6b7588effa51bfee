import { spaceOf } from '#src/backups/folder.ts'
import type { Config } from '#src/config.ts'
import { spaceLine } from './disk.ts'

/** Every six hours, so that the doctor can say how long the disk lasts: the job's history is the record. */
export async function noteDisk({
  config,
  say,
}: {
  config: Pick<Config, 'dataFolder'>
  say(line: string): void
}): Promise<void> {
  const { freeBytes, totalBytes } = await spaceOf(config.dataFolder)
  say(spaceLine(freeBytes, totalBytes))
}
