import { createWriteStream, mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { copiesOf, type Manifest, parseManifest } from '#src/backups/manifest.ts'
import { chainFrom, lineageOf } from '#src/backups/store/logs/lineage.ts'
import {
  copyKey,
  keysKey,
  keysNightOf,
  keysPrefix,
  logOf,
  logsPrefix,
  manifestKey,
  nightOf,
  nightsPrefix,
} from '#src/backups/store/names.ts'
import { opened, openedText } from '#src/backups/store/seal.ts'
import type { Store } from '#src/backups/store/store.ts'
import { type Copy, chooseCopy, newestOf, type Until } from '../restore.ts'
import type { RestoreRefused } from '../texts.ts'

/** A store, and the private half of a recovery key, which is nowhere on a server: typed in or on a stick. */
export type StoreAccess = { store: Pick<Store, 'get' | 'list'>; identities: readonly string[] }

/** What a night in the store holds, opened. */
export type NightElsewhere = {
  night: string
  manifest: Manifest
  /** Each business's own private key. */
  keys: ReadonlyMap<number, string>
}

/** The nights that were brought to their end there, newest first. */
export async function nightsElsewhere({ store }: StoreAccess): Promise<string[]> {
  const stored = await store.list(nightsPrefix)
  return stored
    .map(({ key }) => nightOf(key))
    .filter((name) => name?.file === basename(manifestKey('x'), '.age'))
    .map((name) => name?.night ?? '')
    .toReversed()
}

/** Throws where the recovery key does not fit. */
export async function openNight(access: StoreAccess, night: string): Promise<NightElsewhere | null> {
  const { store, identities } = access
  const answer = parseManifest(await openedText(store.get(manifestKey(night)), identities))
  if (!answer.ok) return null
  const keysText = await keysTextOf(access, night)
  const keys = keysText === null ? new Map<number, string>() : await parseKeys(keysText, identities)
  return { night, manifest: answer.manifest, keys }
}

/** Of a night without them the newest one's open it: a business keeps its key for life. */
async function keysTextOf({ store, identities }: StoreAccess, night: string): Promise<string | null> {
  const nights = (await store.list(keysPrefix)).flatMap(({ key }) => keysNightOf(key) ?? [])
  const from = nights.includes(night) ? night : nights.at(-1)
  return from === undefined ? null : openedText(store.get(keysKey(from)), identities)
}

async function parseKeys(text: string, identities: readonly string[]): Promise<ReadonlyMap<number, string>> {
  const keys = new Map<number, string>()
  const { keys: rows } = JSON.parse(text) as { keys: { tenantId: number; wrappedIdentity: string }[] }
  for (const { tenantId, wrappedIdentity } of rows) {
    const bytes = Buffer.from(wrappedIdentity, 'base64')
    keys.set(tenantId, (await openedText(Readable.from([bytes]), identities)).trim())
  }
  return keys
}

/** One copy, opened into a file of ours alone. What it is is compared when it is loaded. */
export async function downloadCopy(
  { store, identities }: StoreAccess,
  { night, keys }: NightElsewhere,
  entry: Copy['entry'],
  folder: string,
): Promise<Copy> {
  const into = join(folder, night)
  mkdirSync(into, { recursive: true, mode: 0o700 })
  const path = join(into, entry.file)
  const own = keys.get(entry.tenantId)
  await download(store, copyKey(night, entry), own ? [own, ...identities] : identities, path)
  return { night, entry, path }
}

/** The newest copy in the store from which the wish can be met; none, or one. */
export async function copiesOfStore(
  access: StoreAccess,
  { tenantId, night, until }: { tenantId: number; night: string | null; until: Until },
  folder: string,
): Promise<Copy[] | RestoreRefused> {
  for (const one of await nightsElsewhere(access)) {
    if (night !== null && one !== night) continue
    const opened = await openOrNull(access, one)
    if (opened === 'no-key') return { ok: false, problem: 'no-key' }
    const entry = opened && copiesOf(opened.manifest).find((entry) => entry.tenantId === tenantId)
    if (!opened || !entry) continue
    const copy = { night: one, entry, path: '' }
    const fits = chooseCopy([copy], { generation: entry.generation, until })
    if (newestOf(fits ? [fits] : [])) return [await downloadCopy(access, opened, entry, folder)]
  }
  return []
}

async function openOrNull(access: StoreAccess, night: string): Promise<NightElsewhere | null | 'no-key'> {
  try {
    return await openNight(access, night)
  } catch (error) {
    if (error instanceof Error && /no identity matched/i.test(error.message)) return 'no-key'
    throw error
  }
}

export type LogsFrom = {
  serverId: number
  first: string /** When the copy was taken that names it. */
  since: Date
}

/** The binary logs of one server from one file on, in order, under the names that they had there. */
export async function logsOfStore(
  { store, identities }: StoreAccess,
  { serverId, first, since }: LogsFrom,
  folder: string,
): Promise<string[]> {
  const stored = (await store.list(`${logsPrefix}${serverId}/`)).flatMap(({ key, storedAt }) => {
    const name = logOf(key)?.file
    return name === undefined ? [] : [{ key, name, storedAt }]
  })
  const into = join(folder, `binlog-${serverId}`)
  mkdirSync(into, { recursive: true, mode: 0o700 })
  const paths: string[] = []
  for (const { key, name } of chainFrom(stored, first, since)) {
    const path = join(into, lineageOf(name).file)
    await download(store, key, identities, path)
    paths.push(path)
  }
  return paths
}

async function download(
  store: StoreAccess['store'],
  key: string,
  identities: readonly string[],
  path: string,
): Promise<void> {
  await pipeline(await opened(store.get(key), identities), createWriteStream(path, { mode: 0o600 }))
}
