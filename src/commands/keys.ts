import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Databases } from '#src/db/databases.ts'
import { allowBoth, allowNewOnly, isBusy } from '#src/keys/actions.ts'
import { forgetOldKey, nextKey, oldKey, useNextKey } from '#src/keys/key-files.ts'
import { type Answer, Refusal, withDatabases } from '#src/process.ts'

type Options = { hold?: boolean; finish?: boolean; restart: string }

/**
 * New passwords for every MySQL account without a moment in which one does not open: both are good until every
 * process uses the new ones. Broken off anywhere, the same command goes on.
 */
export function rotateKeys(options: Options): Promise<Answer> {
  return withDatabases(
    async ({ config, databases }) => {
      if (await isBusy(databases))
        throw new Refusal('A restore or a move is under way; rotate when it has ended.', 1, 'busy')
      const { dataFolder, databaseKey } = config
      const waiting = oldKey(dataFolder)
      if (options.finish) return finish(databases, dataFolder, databaseKey, waiting)
      // Broken off after the key was changed: whoever still runs on the old one is started anew first.
      if (waiting) {
        await restarted(options)
        return finish(databases, dataFolder, databaseKey, waiting)
      }
      const next = nextKey(dataFolder)
      await allowBoth(databases, databaseKey, next)
      useNextKey(dataFolder, databaseKey)
      // Whoever signed up since the first round has the old password alone.
      const both = await allowBoth(databases, databaseKey, next)
      if (options.hold) return held(both)
      await restarted(options)
      return finish(databases, dataFolder, next, databaseKey)
    },
    { migrate: false },
  )
}

async function restarted({ restart }: Options): Promise<void> {
  const [program = '', ...args] = restart.split(' ')
  await promisify(execFile)(program, args)
}

const held = (accounts: number): Answer => ({
  data: { accounts, isFinished: false },
  text: `${accounts} accounts take the old password and the new one. Copy database.key to the data folder of the other machines, restart every process, then: smartket keys rotate --finish`,
})

async function finish(
  databases: Databases,
  dataFolder: string,
  key: Buffer,
  old: Buffer | null,
): Promise<Answer> {
  if (!old) throw new Refusal('No rotation waits for its end.', 1, 'nothing-to-finish')
  const accounts = await allowNewOnly(databases, key)
  forgetOldKey(dataFolder)
  return { data: { accounts, isFinished: true }, text: `${accounts} accounts take the new password alone.` }
}
