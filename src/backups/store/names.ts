import { createHash } from 'node:crypto'

// Where things lie in the store. Every name is one that `list` gives back in the order of time.

export const nightsPrefix = 'nights/'
/** Not below the nights: the bucket's own rules must be able to end the lists early, and tell them by their prefix. */
export const keysPrefix = 'keys/'
export const logsPrefix = 'binlog/'

export const nightPrefix = (night: string) => `${nightsPrefix}${night}/`
/** `file` is a name of the night's manifest, such as `backup-123.sql.gz`; a copy's object has more of one. */
export const nightKey = (night: string, file: string) => `${nightPrefix(night)}${file}.age`
/** Written last: without it a night is not one. */
export const manifestKey = (night: string) => nightKey(night, 'manifest.json')
/**
 * A copy lies there under a name of its content and key: a night that is made again writes over nothing that the
 * manifest there still tells of.
 */
export const objectOf = (file: string, tag: string) => `${file}.${tag.slice(0, 16)}`
/** Where a copy lies that the manifest there tells of. */
export const copyKey = (night: string, { file, object }: { file: string; object?: string | undefined }) =>
  nightKey(night, object ?? file)
/** Every business's own key, sealed for the operators. Only the newest nights have it. */
export const keysKey = (night: string) => `${keysPrefix}${night}.json.age`
/** The night of a list of keys. */
export const keysNightOf = (key: string): string | null =>
  /^keys\/(\d{4}-\d\d-\d\d)\.json\.age$/.exec(key)?.[1] ?? null
export const logKey = (serverId: number, file: string) => `${logsPrefix}${serverId}/${file}.age`

export type NightName = { night: string; file: string }

/** The night and the file of an object's name, or null: it is no object of a night. */
export function nightOf(key: string): NightName | null {
  const found = /^nights\/(\d{4}-\d\d-\d\d)\/([^/]+)\.age$/.exec(key)
  return found ? { night: found[1] ?? '', file: found[2] ?? '' } : null
}

/** The server and the file of a log's name. */
export function logOf(key: string): { serverId: number; file: string } | null {
  const found = /^binlog\/(\d+)\/([^/]+)\.age$/.exec(key)
  return found ? { serverId: Number(found[1]), file: found[2] ?? '' } : null
}

/**
 * Tells whether an object is the same content for the same keys. The store learns neither from it: a recipient is
 * not written into a sealed file, so nobody who only sees the store can make this, nor seal a file of his own.
 */
export function tagOf(sha256: string, recipients: readonly string[]): string {
  return createHash('sha256')
    .update([...recipients, sha256].join('\n'))
    .digest('hex')
    .slice(0, 40)
}
