import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { sweepScratch } from '#src/db/scratch-place.ts'

/**
 * A folder of this process alone, for as long as `work` takes: what comes from the store, a scratch server, a dump on
 * its way. It holds a business's data, so that what a killed process left goes with the next restore.
 */
export async function inOwnFolder<T>(dataFolder: string, work: (folder: string) => Promise<T>): Promise<T> {
  const parent = join(dataFolder, 'restore')
  mkdirSync(parent, { recursive: true, mode: 0o700 })
  sweepDead(parent)
  const folder = mkdtempSync(join(parent, `${process.pid}-`))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', remove)
  try {
    return await work(folder)
  } finally {
    process.off('exit', remove)
    remove()
  }
}

function sweepDead(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = /^(\d+)-/.exec(name)?.[1]
    if (pid === undefined || existsSync(`/proc/${pid}`)) continue
    sweepScratch(join(parent, name))
    rmSync(join(parent, name), { recursive: true, force: true })
  }
}
